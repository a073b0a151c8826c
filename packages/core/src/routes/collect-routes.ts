import type { Class, Problem } from "@madeleine/di";
import { defineMount } from "../mounts/define-mount.ts";
import { collectController } from "./collect-controller.ts";
import { defineFunctionRoute } from "./define-function-route.ts";
import { inherit, type Inherited, type RouteDefinition } from "./route-definition.ts";
import { routerRecord, type AnyRouter, type Included } from "./router.ts";

/** All routes of an application, and every mistake in how they were declared. */
export interface CollectedRoutes {
  readonly definitions: readonly RouteDefinition[];
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
}

interface Walk {
  readonly definitions: RouteDefinition[];
  readonly problems: Problem[];
  readonly warnings: Problem[];
  readonly provided: readonly Class[];
  /** The groups that the walk is in, outermost first. */
  readonly inside: readonly AnyRouter[];
}

const nothingInherited: Inherited = { prefix: "", tags: [], guards: [], middleware: [], host: undefined };

/** The routes of a group and of all groups in it, with everything that they inherit on the way down. */
export function collectRoutes(root: AnyRouter, provided: readonly Class[]): CollectedRoutes {
  const walk: Walk = { definitions: [], problems: [], warnings: [], provided, inside: [] };
  collectRouter(root, nothingInherited, walk);
  return { definitions: walk.definitions, problems: walk.problems, warnings: walk.warnings };
}

function collectRouter(router: AnyRouter, outer: Inherited, walk: Walk): void {
  const { prefix, options, routes, includes, mounts } = routerRecord(router);
  const group = inherit(outer, { ...options, prefix });
  walk.definitions.push(...routes.map((record) => defineFunctionRoute(record, group)));
  for (const [position, controller] of (options.controllers ?? []).entries())
    collectOneController(controller, position, group, walk);
  walk.definitions.push(...mounts.map((mount) => defineMount(mount, group)));
  checkHost(router, options.host, walk.problems);
  for (const included of includes) collectIncluded(included, group, { ...walk, inside: [...walk.inside, router] });
}

function collectOneController(
  controller: Class,
  position: number,
  group: Inherited,
  { definitions, problems, warnings, provided }: Walk,
): void {
  const collected = collectController(controller, provided, group, position);
  definitions.push(...collected.routes);
  warnings.push(...collected.warnings);
  const isNew = (problem: Problem): boolean =>
    !problems.some((known) => known.code === problem.code && known.what === problem.what);
  problems.push(...collected.problems.filter(isNew)); // a group that is included twice has each of its mistakes once
}

function collectIncluded({ router, options, place }: Included, outer: Inherited, walk: Walk): void {
  if (walk.inside.includes(router)) walk.problems.push(includedInItself(router, place.toString()));
  else collectRouter(router, inherit(outer, options), walk);
}

function includedInItself(router: AnyRouter, where: string | undefined): Problem {
  const { prefix } = routerRecord(router);
  return {
    code: "ROUTER_IN_ITSELF",
    what: `The router ${JSON.stringify(prefix)} includes itself, directly or through another one: its routes would have no end.`,
    where,
    mend: "remove this include, or include another router here",
  };
}

function checkHost(router: AnyRouter, host: string | undefined, problems: Problem[]): void {
  if (host === undefined || /^(?:\*\.)?[\w~-]+(?:\.[\w~-]+)*$/.test(host) || /^\[[\da-f:.]+\]$/i.test(host)) return;
  problems.push({
    code: "NOT_A_HOST",
    what: `The router ${JSON.stringify(routerRecord(router).prefix)} has the host ${JSON.stringify(host)}, which is no name of one.`,
    mend: 'a name without scheme and port: "api.example.com", or "*.example.com" for all names under one',
  });
}
