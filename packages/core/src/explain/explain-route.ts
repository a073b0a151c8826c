import type { Graph, PlannedValue } from "@madeleine/di";
import type { Route } from "../routes/route.ts";
import { countPhases } from "../middleware/compile-middleware.ts";

/**
 * What a request to a route does, step by step, as text.
 *
 * Shape:  one line for each value: what it is called, its scope, sync or async, when it is torn down, where it was declared.
 */
export function explainRoute(route: Route, graph: Graph): string {
  const { plan, definition } = route;
  const app = plan.values.filter((value) => value.kind !== "source" && value.batch === undefined);
  const lines = [
    `${route.method} ${route.path}`,
    ...indent([
      `handler: ${route.name ?? "a function"}${definition.place?.toString() === undefined ? "" : `, ${definition.place}`}`,
    ]),
    ...section("made before the port opened", app.map(describe)),
    ...plan.phases.flatMap((_, phase) => explainPhase(route, phase)),
    ...section("handler", [route.name ?? "a function", ...explainController(route, graph)]),
    ...section("torn down before the response is sent, in this order", endings(plan.values, "handler")),
    ...section("torn down after the response and the background tasks, in this order", endings(plan.values, "response")),
  ];
  return lines.join("\n");
}

/** A middleware with needs has a phase of its own, and so has a guard; the last one is that of the handler. */
function explainPhase({ plan, definition }: Route, phase: number): readonly string[] {
  const middleware = countPhases(definition.middleware);
  const isGuard = phase < plan.phases.length - 1;
  const own = plan.values.filter((value) => value.phase === phase);
  const inputs = own.filter((value) => value.kind === "source").map((value) => value.label);
  const batches = plan.phases[phase]!.batches.map((_, batch) => own.filter((value) => value.batch === batch).map(describe));
  const count = batches.length;
  const step = phase < middleware ? `middleware ${phase + 1}` : `guard ${phase - middleware + 1}`;
  const title = isGuard ? step : "dependencies";
  return [
    ...section(`${isGuard ? step : "all other"} inputs, one 422 for all of them`, inputs),
    ...batches.flatMap((batch, index) => section(count === 1 ? title : `${title}, batch ${index + 1} of ${count}`, batch)),
  ];
}

/** Shape: `"transaction (request, async, until: handler) src/db.ts:4:1"`. */
function describe({ label, kind, scope, isAsync, ends, until, place }: PlannedValue): string {
  if (kind === "constant") return `${label} (constant)`;
  const traits = [kind === "class" ? "class" : undefined, scope, isAsync ? "async" : undefined];
  if (ends && scope !== "app" && until !== undefined) traits.push(`until: ${until}`);
  return `${label} (${traits.filter((trait) => trait !== undefined).join(", ")})${place?.toString() === undefined ? "" : ` ${place}`}`;
}

function explainController({ definition }: Route, graph: Graph): readonly string[] {
  const controller = definition.controller;
  if (controller === undefined) return [];
  const chain = graph.whyRequest(controller);
  if (chain === undefined) return [`${controller.name} is made once`];
  return [`${controller.name} is made for each request${chain.length > 1 ? `: ${chain.join(" → ")}` : ", as it says itself"}`];
}

function endings(values: readonly PlannedValue[], until: string): readonly string[] {
  const ending = values.filter((value) => value.ends && value.batch !== undefined && value.until === until);
  return ending.map((value) => value.label).toReversed();
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ["", ...indent([`${title}:`, ...indent(lines)])];
}

function indent(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`);
}
