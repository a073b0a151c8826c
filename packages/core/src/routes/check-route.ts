import type { Place, Plan, Problem } from "@madeleine/di";
import { ItemStream, TextSchemaError } from "@madeleine/http";
import type { Pattern } from "@madeleine/router";
import { compileInput, isModelSource } from "../inputs/compile-input.ts";
import type { $ZodType } from "zod/v4/core";
import { isOfRequest, type InputSource, type SourceKind } from "../parameters/source.ts";
import { beyondJsonIn, beyondJsonOut } from "../validation/json-reach.ts";
import { checkPath } from "./check-path.ts";
import type { RouteDefinition } from "./route-definition.ts";

/** Every mistake in how a route and all its dependencies read the request. */
export function checkRoute(definition: RouteDefinition, pattern: Pattern | undefined, plan: Plan): readonly Problem[] {
  const all = plan.phases.flatMap((phase) => phase.sources.map(({ source }) => source as InputSource));
  const foreign = all.filter((source) => isForeign(source.schema));
  const sources = foreign.length === 0 ? all : all.filter((source) => !foreign.includes(source));
  return [
    ...foreign.map((source) => foreignSchema(source, definition)),
    ...sources.flatMap((source) => checkSource(source, definition)),
    ...(pattern === undefined ? [] : checkPath(sources, pattern, definition)),
    ...checkBodies(sources, definition),
    ...checkNames(sources, definition),
    ...checkResponses(definition),
  ];
}

// Nothing else can be asked about the schema of another library.
function isForeign(schema: unknown): boolean {
  return schema !== undefined && !("_zod" in (schema as object));
}

function checkSource(source: InputSource, { label, place }: RouteDefinition): readonly Problem[] {
  if (isOfRequest(source.in)) return [];
  if (source.in === "body") return checkBody(source, label, place);
  if (source.name === undefined && !isModelSource(source)) return [namelessSource(source, label, place)];
  if (source.schema === undefined) return [];
  try {
    compileInput(source, 0, { pathNames: [], exposeInput: false });
    return [];
  } catch (error) {
    if (!(error instanceof TextSchemaError)) throw error;
    return [
      {
        code: "UNREADABLE_SCHEMA",
        what: `${source.label} of ${label}: ${error.what}`,
        where: place?.toString(),
        mend: error.mend,
      },
    ];
  }
}

/** A body that no JSON satisfies would be a 422 for every request. */
function checkBody({ schema, label: body }: InputSource, label: string, place: Place | undefined): readonly Problem[] {
  const beyond = schema && beyondJsonIn(schema);
  if (beyond === undefined) return [];
  const { path, kind, mend } = beyond;
  return [
    {
      code: "UNREADABLE_SCHEMA",
      what: `${body} of ${label}: ${path} is ${kind}, which JSON does not have.`,
      where: place?.toString(),
      mend,
    },
  ];
}

function checkBodies(sources: readonly InputSource[], { label, method, place }: RouteDefinition): readonly Problem[] {
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

/** One name read with two schemas has no meaning that a client could satisfy or a document could show. */
function checkNames(sources: readonly InputSource[], { label, place }: RouteDefinition): readonly Problem[] {
  if (sources.length < 2) return [];
  const seen = new Map<string, InputSource>();
  const problems: Problem[] = [];
  for (const source of sources) {
    if (isOfRequest(source.in) || source.name === undefined || isModelSource(source)) continue;
    const known = seen.get(source.label);
    if (known !== undefined && known.schema !== source.schema) problems.push(conflictingSchemas(source, label, place));
    seen.set(source.label, source);
  }
  return problems;
}

function conflictingSchemas(source: InputSource, label: string, place: Place | undefined): Problem {
  return {
    code: "CONFLICTING_PARAMETERS",
    what: `${label} and its dependencies read ${source.label} with different schemas.`,
    where: place?.toString(),
    mend: "keep one schema in a const and use it in both places, or rename one of them",
  };
}

/** What a route answers with is asked only when it answers: a schema of another library would be a 500 for every request. */
function checkResponses({ options, label, place }: RouteDefinition): readonly Problem[] {
  const { response, responses = {} } = options;
  if (response === undefined && options.responses === undefined) return [];
  const schemas: [string, unknown][] = Object.entries(responses).map(([status, schema]) => [`responses[${status}]`, schema]);
  if (response !== undefined) schemas.push(["response", response instanceof ItemStream ? response.item : response]);
  const foreign = schemas
    .filter(
      ([, schema]) => schema !== undefined && ((typeof schema !== "object" && typeof schema !== "function") || isForeign(schema)),
    )
    .map(([name]) => ({
      code: "FOREIGN_SCHEMA",
      what: `The ${name} of ${label} is no schema of zod 4.`,
      where: place?.toString(),
      mend: 'import { z } from "zod" with zod ^4.1, or from "zod/v4" where zod 3 must stay',
    }));
  return foreign.length > 0 ? foreign : schemas.flatMap(([name, schema]) => unsendable(name, schema as $ZodType, label, place));
}

function unsendable(name: string, schema: $ZodType | undefined, label: string, place: Place | undefined): readonly Problem[] {
  const beyond = schema && beyondJsonOut(schema);
  if (beyond === undefined) return [];
  const { path, kind, mend } = beyond;
  return [
    {
      code: "UNSENDABLE_RESPONSE",
      what: `The ${name} of ${label}: ${path} is ${kind}, which JSON does not have.`,
      where: place?.toString(),
      mend,
    },
  ];
}

function foreignSchema(source: InputSource, { label, place }: RouteDefinition): Problem {
  const standard = (source.schema as { "~standard"?: { vendor?: string } } | undefined)?.["~standard"];
  const vendor =
    standard?.vendor === undefined || standard.vendor === "zod" ? "a schema of zod 3" : `a schema of ${standard.vendor}`;
  return {
    code: "FOREIGN_SCHEMA",
    what: `${source.label} of ${label} has ${vendor}: only schemas of zod 4 are supported.`,
    where: place?.toString(),
    mend: 'import { z } from "zod" with zod ^4.1, or from "zod/v4" where zod 3 must stay',
  };
}

function namelessSource(source: InputSource, label: string, place: Place | undefined): Problem {
  return {
    code: "NAMELESS_PARAMETER",
    what: `A ${source.label} of ${label} has no name: the parameter is destructured, or the source cannot be read.`,
    where: place?.toString(),
    mend: `write the name out: @${source.label.slice(0, -2)}("name", …)`,
  };
}
