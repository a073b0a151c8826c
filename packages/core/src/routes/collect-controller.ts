import { bindParameters, parametersOf, type Class, type Place, type Problem } from "@madeleine/di";
import { controllerRecord } from "./controller.ts";
import { markListed } from "./unserved.ts";
import { isStreaming } from "./check-stream.ts";
import { ownRoutes, type RouteRecord } from "./decorators.ts";
import { routelessParameters } from "./routeless-parameters.ts";
import { inherit, joinPath, type Inherited, type RouteDefinition } from "./route-definition.ts";

/** A decorated method, and the class of the prototype chain that declares it. */
interface Found {
  readonly record: RouteRecord;
  readonly prototype: object;
}

/** The routes of a controller, those it inherits included, and every mistake in their declaration. */
export function collectController(
  target: Class,
  provided: readonly Class[],
  outer: Inherited,
  position = 0,
): { routes: readonly RouteDefinition[]; problems: readonly Problem[]; warnings: readonly Problem[] } {
  const record = typeof target === "function" ? controllerRecord(target) : undefined;
  if (record !== undefined) markListed(target);
  if (record === undefined) return { routes: [], problems: [notAController(target, position)], warnings: [] };
  const { found, problems } = findRoutes(target);
  const group = inherit(inheritFromAncestors(target, outer), { ...record.options, prefix: record.prefix });
  const routes = found.map((one) => define(target, group, one, provided, problems));
  problems.push(...routelessParameters(target, record.place));
  return {
    routes,
    problems,
    warnings: routes.length === 0 && problems.length === 0 ? [withoutRoutes(target, record.place)] : [],
  };
}

/**
 * The guards and the rest of the controllers that it extends, outside of its own; their prefixes are theirs alone. A guard that stood before
 * the routes of the base class would otherwise be gone for all who extend it (PA-07).
 */
function inheritFromAncestors(target: Class, outer: Inherited): Inherited {
  const parent = Object.getPrototypeOf(target) as Class | null;
  if (typeof parent !== "function" || parent === Function.prototype) return outer;
  const above = inheritFromAncestors(parent, outer);
  const record = controllerRecord(parent);
  return record === undefined ? above : inherit(above, { ...record.options, prefix: undefined });
}

/** Nearest first; a method that a subclass declares again hides the inherited one, with its decorators or by mistake. */
function findRoutes(target: Class): { found: Found[]; problems: Problem[] } {
  const found: Found[] = [];
  const problems: Problem[] = [];
  const nearer = new Map<string | symbol, { prototype: object; isRouted: boolean }>();
  for (
    let prototype = target.prototype as object;
    prototype !== null && prototype !== Object.prototype;
    prototype = Object.getPrototypeOf(prototype) as object
  ) {
    const records = ownRoutes(prototype);
    for (const record of records) {
      const hiding = nearer.get(record.key);
      if (hiding === undefined) found.push({ record, prototype });
      else if (!hiding.isRouted) problems.push(overridden(record, hiding.prototype, prototype));
    }
    for (const key of Reflect.ownKeys(prototype)) {
      if (!nearer.has(key)) nearer.set(key, { prototype, isRouted: records.some((record) => record.key === key) });
    }
  }
  return { found, problems };
}

function define(
  target: Class,
  group: Inherited,
  { record, prototype }: Found,
  provided: readonly Class[],
  problems: Problem[],
): RouteDefinition {
  const { method, key, options, place } = record;
  const path = joinPath(group.prefix, record.path);
  const { tags, guards, middleware, host, errors, maxBodyBytes, maxUploadBytes } = inherit(group, {
    ...options,
    prefix: undefined,
  });
  const label = `${target.name}.${String(key)} (${method} ${path})`;
  const handler = (target.prototype as Record<string | symbol, Method>)[key]!; // the nearest, as a call would find it
  const owner = { label, place, isDecorated: true, className: target.name };
  const { bound, problems: unbound } = bindParameters(parametersOf(prototype, key), owner, provided);
  problems.push(...unbound);
  return {
    method,
    path,
    label: options.name ?? label,
    name: options.name ?? `${target.name}.${String(key)}`,
    place,
    options,
    tags,
    guards,
    middleware,
    host,
    errors,
    maxBodyBytes,
    maxUploadBytes,
    controller: target,
    streams: isStreaming(handler),
    asked: [{ need: target, where: label }, ...bound.map(({ need, name }) => ({ need, name, where: label }))],
    bind: (slots) => callMethod(handler, slots),
  };
}

type Method = (...parameters: unknown[]) => unknown;

/** The method is taken once, at boot; its instance and its parameters come from the slots. */
function callMethod(method: Method, [instance, ...slots]: readonly number[]): (values: readonly unknown[]) => unknown {
  const self = instance!;
  const [a, b, c] = slots as [number, number, number];
  if (slots.length === 0) return (values) => method.call(values[self]);
  if (slots.length === 1) return (values) => method.call(values[self], values[a]);
  if (slots.length === 2) return (values) => method.call(values[self], values[a], values[b]);
  if (slots.length === 3) return (values) => method.call(values[self], values[a], values[b], values[c]);
  return (values) =>
    method.apply(
      values[self],
      slots.map((slot) => values[slot]),
    );
}

/** What is never called is a 404 without a word. A warning: routes may be about to be written. */
function withoutRoutes({ name }: Class, place: Place): Problem {
  return {
    code: "EMPTY_CONTROLLER",
    what: `${name || "an anonymous class"} is a controller, and none of its methods is a route`,
    where: place.toString(),
    mend: `write @Get("/…") before its methods, or leave it out of controllers`,
  };
}

function notAController(target: unknown, position: number): Problem {
  if (typeof target !== "function") {
    return {
      code: "NOT_A_CONTROLLER",
      what: `controllers lists ${String(target)}, which is no class.`,
      mend: "where it is undefined, two modules import each other: list the controllers in a module that none of them imports",
    };
  }
  const name = target.name || `an anonymous class (controllers[${position}])`;
  return {
    code: "NOT_A_CONTROLLER",
    what: `controllers lists ${name}, which has no @Controller() of its own.`,
    mend: `write @Controller() before ${target.name === "" ? "it, and give it a name" : `class ${target.name}`}; a base class passes its routes on, not its prefix`,
  };
}

function overridden(record: RouteRecord, by: object, of: object): Problem {
  const [child, parent] = [by.constructor.name, of.constructor.name];
  const title = record.method.charAt(0) + record.method.slice(1).toLowerCase();
  return {
    code: "OVERRIDDEN_ROUTE",
    what: `${child}.${String(record.key)} overrides ${parent}.${String(record.key)}, which is a route (${record.method} ${record.path}), and does not say whether it is one, too.`,
    where: record.place.toString(),
    mend: `repeat @${title}(${JSON.stringify(record.path)}) and the parameters' decorators on ${child}.${String(record.key)}, or name it otherwise`,
  };
}
