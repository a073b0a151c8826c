import type { Problem } from "@madeleine/di";
import type { InputSource, SourceKind } from "../parameters/source.ts";
import type { RouteDefinition } from "./route-definition.ts";

/** A request has one body: what cannot be read of it together, and a method that has none. */
export function checkBodies(sources: readonly InputSource[], { label, method, place }: RouteDefinition): readonly Problem[] {
  if (!sources.some((source) => bodyKinds.has(source.in))) return [];
  const bodies = sources.filter((source) => source.in === "body");
  const forms = sources.filter((source) => source.in === "form" || source.in === "upload");
  const streams = sources.filter((source) => source.in === "stream");
  const raw = sources.find((source) => source.in === "raw");
  const first = (bodies[0] ?? forms[0] ?? streams[0] ?? raw)!;
  const schemas = new Set(bodies.filter((source) => source.ownName === undefined).map((source) => source.schema));
  const isNamed = bodies.some((source) => source.ownName !== undefined);
  const problems: Problem[] = [];
  if (method === "GET" || method === "HEAD" || method === "TRACE") {
    problems.push({
      code: "BODY_ON_GET",
      what: `${label} reads a body (${first.label}), which a ${method} request has no use for (RFC 9110 §9.3.1): clients and proxies leave it out.`,
      where: place?.toString(),
      mend: method === "GET" ? "@Post(…), or @Query(…) for the parameter" : "leave the parameter out",
    });
  }
  if (bodies.length > 0 && forms.length > 0) {
    problems.push({
      code: "CLASHING_BODIES",
      what: `${label} reads the body both as JSON (${bodies[0]!.label}) and as a form (${forms[0]!.label}).`,
      where: place?.toString(),
      mend: "one body has one type: take all of it with @Body(…), or all with @Form(…) and @Upload(…)",
    });
  }
  const whole = bodies[0] ?? forms[0] ?? raw ?? streams[1];
  if (streams.length > 0 && whole !== undefined) {
    problems.push({
      code: "CLASHING_BODIES",
      what: `${label} reads the body while it arrives (${streams[0]!.label}) and with ${whole.label} as well: it comes once.`,
      where: place?.toString(),
      mend: `leave out one of them; ${streams[0]!.label} gives all of the body`,
    });
  }
  if (schemas.size > 1 || (schemas.size === 1 && isNamed)) {
    problems.push({
      code: "CLASHING_BODIES",
      what: `${label} reads the whole body ${schemas.size > 1 ? `with ${schemas.size} schemas` : "and a key of it"}: a request has one.`,
      where: place?.toString(),
      mend: 'name each of them: @Body("item", Item) … @Body("user", User) … reads one object with these keys',
    });
  }
  return problems;
}

const bodyKinds: ReadonlySet<SourceKind> = new Set<SourceKind>(["body", "form", "upload", "stream", "raw"]);
