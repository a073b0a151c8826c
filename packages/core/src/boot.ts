import { copiesProblems, Graph, type Binding, type Class, type Key, type Need, type Plan, type Problem } from "@madeleine/di";
import { PathSyntaxError, RouteConflict, RouteTree, type Pattern } from "@madeleine/router";
import { BootError } from "./errors/boot-error.ts";
import type { ErrorAnswers } from "./errors/error-answers.ts";
import { compileHandler, type Handle } from "./handler.ts";
import { compileReply } from "./reply.ts";
import { checkRoute } from "./routes/check-route.ts";
import { collectController } from "./routes/collect-controller.ts";
import type { RouteDefinition } from "./routes/route-definition.ts";

/** What an application was told, before it boots. */
export interface Declared {
  readonly controllers: readonly Class[];
  readonly functionRoutes: readonly RouteDefinition[];
  readonly guards: readonly Need[];
  readonly provided: ReadonlyMap<Class, Need>;
  readonly bindings: readonly Binding[];
  readonly overrides: ReadonlyMap<Key, Need>;
  readonly exposeInput: boolean;
  readonly errors: ErrorAnswers;
}

/** A route, ready to answer. */
export interface Route {
  readonly method: string;
  readonly path: string;
  readonly label: string;
  /** Of a plain value, unless the handler or a dependency sets another. */
  readonly status: number;
  readonly plan: Plan;
  readonly handle: Handle;
}

/** An application whose every decision is made. */
export interface Booted {
  readonly tree: RouteTree<Route>;
  readonly routes: readonly Route[];
  readonly graph: Graph;
}

/** Compiles everything that was declared; `adopted` is the graph of an earlier boot, whose values stay. Errors: BootError with all mistakes of the application at once. */
export function compileApplication(declared: Declared, adopted?: Graph): Booted {
  const graph = new Graph(declared, adopted);
  const problems: Problem[] = [...copiesProblems()];
  const definitions = [...declared.functionRoutes];
  for (const target of declared.controllers) {
    const collected = collectController(target, graph.provided);
    definitions.push(...collected.routes);
    problems.push(...collected.problems);
  }
  const tree = new RouteTree<Route>();
  const planned = definitions.map((definition) => planRoute(definition, { graph, tree, declared, problems }));
  problems.push(...graph.problems);
  if (problems.length > 0) throw new BootError(problems);
  for (const finish of planned) finish();
  return { tree, graph, routes: planned.map((finish) => finish.route) };
}

interface Boot {
  readonly graph: Graph;
  readonly tree: RouteTree<Route>;
  readonly declared: Declared;
  readonly problems: Problem[];
}

/** Plans and checks a route. Its handler is compiled when the whole application has turned out to be free of mistakes. */
function planRoute(definition: RouteDefinition, { graph, tree, declared, problems }: Boot): (() => void) & { route: Route } {
  const guards = [...declared.guards, ...definition.guards].map((need) => [{ need, where: `a guard of ${definition.label}` }]);
  const plan = graph.plan([...guards, definition.asked]);
  const { method, path, label, options } = definition;
  const route = { method, path, label, status: options.status ?? 200, plan, handle: neverCompiled as Handle };
  const pattern = addToTree(tree, definition, route, problems);
  problems.push(...checkRoute(definition, pattern, plan));
  const finish = () => {
    route.handle = compileRoute(definition, plan, pattern!, declared);
  };
  return Object.assign(finish, { route });
}

function compileRoute(definition: RouteDefinition, plan: Plan, pattern: Pattern, { exposeInput, errors }: Declared): Handle {
  return compileHandler({
    plan,
    inputs: { pathNames: pattern.names, exposeInput },
    call: definition.bind(plan.phases.at(-1)!.slots),
    reply: compileReply(definition.options),
    answer: (error, { request }) => errors.answer(error, { request, route: definition.label }),
  });
}

function addToTree(tree: RouteTree<Route>, definition: RouteDefinition, route: Route, problems: Problem[]): Pattern | undefined {
  const { method, path, label, where } = definition;
  try {
    return tree.add(method, path, route, placeOf(definition));
  } catch (error) {
    if (error instanceof PathSyntaxError)
      problems.push({ code: "PATH_SYNTAX", what: `${label}: ${error.what}`, where, mend: error.mend });
    else if (error instanceof RouteConflict)
      problems.push({ code: "DUPLICATE_ROUTE", what: error.what, where, mend: error.mend });
    else throw error;
    return undefined;
  }
}

/** Shape: `"Items.list, src/items.ts:12:3"`: the tree itself names method and path. */
function placeOf({ method, path, label, where }: RouteDefinition): string | undefined {
  const name = label.replace(`${method} ${path}`, "").replace(" ()", "");
  return [name, where].filter((part) => part !== undefined && part !== "").join(", ") || undefined;
}

function neverCompiled(): never {
  throw new Error("a route answers only after the application has booted");
}
