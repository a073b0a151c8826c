import { copiesProblems, Graph, type Asked, type Binding, type Class, type Key, type Need, type Problem } from "@madeleine/di";
import { PathSyntaxError, RouteConflict, type Pattern } from "@madeleine/router";
import { dropTasks } from "./background-tasks.ts";
import { compileUnmatched } from "./dispatch.ts";
import { cookieProblems, cookieWarnings, type CookieSettings } from "./cookie-settings.ts";
import { BootError } from "./errors/boot-error.ts";
import type { ErrorAnswers } from "./errors/error-answers.ts";
import type { Exchange, Handle } from "./exchange.ts";
import { doubtGuard } from "./guard-doubt.ts";
import { compileHandler, type HandlerParts } from "./handler.ts";
import { compileBodyLimits } from "./inputs/body-limits.ts";
import { namesRead } from "./inputs/names-read.ts";
import type { Logger } from "./logger.ts";
import { compileMiddleware, countPhases, middlewarePhases } from "./middleware/compile-middleware.ts";
import { owningReply } from "./middleware/own-response.ts";
import { middlewareProblems } from "./middleware/middleware-problems.ts";
import { findUnused, type UnusedOverride } from "./overrides.ts";
import { asksForResponse } from "./parameters/given.ts";
import type { InputSource } from "./parameters/source.ts";
import { compileReply } from "./reply.ts";
import { RouteTable, type TrailingSlash } from "./route-table.ts";
import { checkConstraints } from "./routes/check-constraints.ts";
import { checkRoute } from "./routes/check-route.ts";
import { checkStream } from "./routes/check-stream.ts";
import { checkUndefinedOptions } from "./routes/check-undefined-options.ts";
import { collectRoutes } from "./routes/collect-routes.ts";
import type { Route } from "./routes/route.ts";
import { everyMethod, type RouteDefinition } from "./routes/route-definition.ts";
import { whereGuardStands } from "./routes/guard-place.ts";
import { nameRoutes, type RouteNames } from "./routes/route-names.ts";
import { routerRecord, type AnyRouter } from "./routes/router.ts";

/** What an application was told, before it boots. */
export interface Declared {
  /** The application as the outermost group of its routes. */
  readonly root: AnyRouter;
  readonly trailingSlash: TrailingSlash | undefined;
  readonly provided: ReadonlyMap<Class, Need>;
  readonly bindings: readonly Binding[];
  readonly overrides: ReadonlyMap<Key, Need>;
  readonly exposeInput: boolean;
  readonly startTimeoutMs?: number | undefined;
  readonly teardownTimeoutMs?: number | undefined;
  readonly errors: ErrorAnswers;
  readonly logger: Logger;
  readonly cookies: CookieSettings;
}

/** An application whose every decision is made. */
export interface Booted {
  readonly table: RouteTable;
  /** Answers where no route does. */
  readonly unmatched: Handle;
  readonly names: RouteNames;
  /** What may be meant, and is told to the log. */
  readonly warnings: readonly Problem[];
  readonly unusedOverrides: readonly UnusedOverride[];
  /** But for mounts, whose own routes only they know. */
  readonly routes: readonly Route[];
  /** The mounts of applications. */
  readonly mounts: readonly Route[];
  readonly graph: Graph;
}

/** Compiles everything that was declared; `adopted` is the graph of an earlier boot, whose values stay. Errors: BootError with all mistakes of the application at once. */
export function compileApplication(declared: Declared, adopted?: Graph): Booted {
  const graph = new Graph(declared, adopted);
  const collected = collectRoutes(declared.root, graph.provided);
  const problems: Problem[] = [...copiesProblems(), ...collected.problems];
  const table = new RouteTable(declared.trailingSlash);
  const boot: Boot = { graph, table, declared, problems };
  const planned = collected.definitions.map((definition) => planRoute(definition, boot));
  const unmatched = planUnmatched(boot);
  const names = nameRoutes(collected.definitions, problems);
  problems.push(...graph.problems);
  const reading = planned.map(({ route: { plan, label, definition } }) => ({ plan, label, place: definition.place }));
  problems.push(...cookieProblems(declared.cookies, reading));
  if (problems.length > 0) throw new BootError(problems);
  for (const each of planned) each.route.handle = compileRoute(each, declared);
  const routes = planned.map(({ route }) => route).filter(({ method }) => method !== everyMethod);
  const mounts = planned.map(({ route }) => route).filter(({ definition }) => definition.mounted !== undefined);
  const ofRoutes = planned.flatMap(({ route: { definition }, pattern }) => [
    ...checkStream(definition),
    ...checkUndefinedOptions(definition),
    ...(pattern === undefined ? [] : checkConstraints(pattern, definition)),
  ]);
  const warnings = [...collected.warnings, ...ofRoutes, ...cookieWarnings(declared.cookies, reading)];
  const unusedOverrides = findUnused(graph, declared, (other) => planAll(other, collected.definitions, declared.root));
  return { table, graph, names, routes, mounts, warnings, unusedOverrides, unmatched: unmatched() };
}

/** Plans on another graph what the application asks for. */
function planAll(graph: Graph, definitions: readonly RouteDefinition[], root: AnyRouter): void {
  for (const definition of definitions) graph.plan(phasesOf(definition, root));
  graph.plan(middlewarePhases(routerRecord(root).options.middleware ?? [], ""));
}

/** What a route asks for, phase by phase: its middleware, its guards one after the other, its handler. */
function phasesOf(definition: RouteDefinition, root: AnyRouter): readonly (readonly Asked[])[] {
  const { middleware, label, asked } = definition;
  const guards = definition.guards.map((need) => [{ need, ...whereGuardStands(need, definition, root) }]);
  return [...middlewarePhases(middleware, label), ...guards, asked];
}

interface Boot {
  readonly graph: Graph;
  readonly table: RouteTable;
  readonly declared: Declared;
  readonly problems: Problem[];
}

/** A route whose handler is compiled when the whole application has turned out to be free of mistakes. */
interface PlannedRoute {
  readonly route: { -readonly [Name in keyof Route]: Route[Name] };
  /** Undefined where the path has a mistake. */
  readonly pattern: Pattern | undefined;
}

/** Plans and checks a route. */
function planRoute(definition: RouteDefinition, { graph, table, declared, problems }: Boot): PlannedRoute {
  const { method, path, label, name, tags, host, options } = definition;
  const plan = graph.plan(phasesOf(definition, declared.root));
  const status = options.status ?? 200;
  const route = { method, path, label, name, tags, host, status, plan, definition, handle: neverCompiled as Handle };
  const pattern = addToTable(table, definition, route, problems);
  problems.push(...checkRoute(definition, pattern, plan), ...middlewareProblems(definition));
  return { route, pattern };
}

/** The answers where no route is go through the middleware of the application, too. */
function planUnmatched({ graph, table, declared, problems }: Boot): () => Handle {
  const { middleware = [] } = routerRecord(declared.root).options;
  const label = "the application, where no route matches";
  const plan = graph.plan(middlewarePhases(middleware, label));
  const definition = { ...unmatchedDefinition, label, middleware };
  if (middleware.length > 0) problems.push(...checkRoute(definition, noPath, plan), ...middlewareProblems(definition));
  const { exposeInput, errors, teardownTimeoutMs } = declared;
  const inputs = { pathNames: [], exposeInput };
  const answer = (error: unknown, { request }: Exchange) => errors.answer(error, { request, route: undefined });
  return () =>
    compileMiddleware(compileUnmatched(table, errors), { middleware, plan, inputs, answer, teardownTimeoutMs, route: undefined });
}

const unmatchedDefinition: RouteDefinition = {
  method: everyMethod,
  path: "",
  label: "",
  name: undefined,
  place: undefined,
  options: {},
  tags: [],
  guards: [],
  middleware: [],
  host: undefined,
  asked: [],
  bind: neverCompiled,
};

const noPath: Pattern = { path: "", names: [], optional: [], segments: [] };

function compileRoute({ route: { definition, plan }, pattern }: PlannedRoute, declared: Declared): Handle {
  const { exposeInput, errors, logger, teardownTimeoutMs } = declared;
  const answers = (definition.errors ?? []).reduce((outer, rules) => outer.within(rules), errors);
  const { middleware, method, path, name } = definition;
  const keepsBody = plan.phases.some(({ sources }) => sources.some(({ source }) => (source as InputSource).in === "raw"));
  const inputs = { pathNames: pattern!.names, exposeInput, keepsBody, named: () => namesRead(plan) };
  const answer: HandlerParts["answer"] = (error, exchange) =>
    answers.answer(error, {
      request: exchange.request,
      route: definition.label,
      replaced: exchange.failure?.replaced,
      onBug: () => exchange.askedTasks && dropTasks(exchange.askedTasks),
    });
  const reply = compileReply(definition.options);
  const handle = compileHandler({
    plan: middleware.length === 0 ? plan : { ...plan, phases: plan.phases.slice(countPhases(middleware)) },
    limit: compileBodyLimits(definition, plan),
    inputs,
    call: definition.bind(plan.phases.at(-1)!.slots),
    reply: middleware.length > 0 || asksForResponse(plan) ? owningReply(reply) : reply,
    answer,
    teardownTimeoutMs,
    afterGuard: (guard) => doubtGuard(guard, definition.label, logger),
  });
  return compileMiddleware(handle, { middleware, plan, inputs, answer, teardownTimeoutMs, route: { method, path, name } });
}

function addToTable(table: RouteTable, definition: RouteDefinition, route: Route, problems: Problem[]): Pattern | undefined {
  const { label, place, host } = definition;
  try {
    return table.add(route, host, () => describePlace(definition));
  } catch (error) {
    if (error instanceof PathSyntaxError)
      problems.push({ code: "PATH_SYNTAX", what: `${label}: ${error.what}`, where: place?.toString(), mend: error.mend });
    else if (error instanceof RouteConflict)
      problems.push({ code: "DUPLICATE_ROUTE", what: error.what, where: place?.toString(), mend: error.mend });
    else throw error;
    return undefined;
  }
}

/** Shape: `"Items.list, src/items.ts:12:3"`: the tree itself names method and path. */
function describePlace({ method, path, label, place }: RouteDefinition): string | undefined {
  const name = label.replace(`${method} ${path}`, "").replace(" ()", "");
  return [name, place?.toString()].filter((part) => part !== undefined && part !== "").join(", ") || undefined;
}

function neverCompiled(): never {
  throw new Error("a route answers only after the application has booted");
}
