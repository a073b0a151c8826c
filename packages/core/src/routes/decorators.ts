import "reflect-metadata";
import { Place } from "@madeleine/di";
import { checkOptions } from "../check-options.ts";
import { routeRules } from "./check-group-options.ts";
import type { RouteOptions } from "./options.ts";
import type { ValidPath } from "./path-check.ts";
import type { RouteMethodDecorator } from "./returned.ts";

/** The decorator of a route: `@Get("/items/:id", { response: Item })`. */
export type RouteDecorator = <P extends string, const O extends RouteOptions>(
  path?: P & ValidPath<P>,
  options?: O,
) => RouteMethodDecorator<O>;

/** A route as its decorator recorded it. */
export interface RouteRecord {
  readonly method: string;
  readonly path: string;
  readonly options: RouteOptions;
  readonly key: string | symbol;
  readonly place: Place;
}

const routesKey = "madeleine:routes";

/** The routes that are declared on a prototype itself, not on those it inherits from. */
export function ownRoutes(prototype: object): readonly RouteRecord[] {
  return (Reflect.getOwnMetadata(routesKey, prototype) as RouteRecord[] | undefined) ?? [];
}

function routeDecorator(method: string): RouteDecorator {
  const title = `@${method.charAt(0)}${method.slice(1).toLowerCase()}`;
  const decorator = (path: string = "", options: RouteOptions = {}) => {
    if (typeof path !== "string") throw new TypeError(`${title}(path, options): the path is text`);
    checkOptions((name) => `${title}(${JSON.stringify(path)}, { ${name} })`, options, routeRules);
    const place = new Place(decorator);
    return (target: object, key: string | symbol, descriptor: unknown) => {
      checkTarget(title, target, key, descriptor);
      Reflect.defineMetadata(routesKey, [...ownRoutes(target), { method, path, options, key, place }], target);
    };
  };
  return decorator as RouteDecorator;
}

/** Errors: TypeError for a static member, a field or an accessor, which the compiler refuses as well. */
function checkTarget(title: string, target: unknown, key: unknown, descriptor: unknown): void {
  if (typeof key === "object" && key !== null) {
    throw new TypeError(
      `${title} needs "experimentalDecorators": true in tsconfig.json: this file was compiled with the standard decorators.`,
    );
  }
  if (typeof target === "function")
    throw new TypeError(`${title} on the static method ${target.name}.${String(key)}: a route is called on an instance`);
  if (typeof (descriptor as PropertyDescriptor | undefined)?.value !== "function")
    throw new TypeError(`${title} on ${String(key)}: a route belongs on a method`);
}

export const Get: RouteDecorator = routeDecorator("GET");
export const Post: RouteDecorator = routeDecorator("POST");
export const Put: RouteDecorator = routeDecorator("PUT");
export const Patch: RouteDecorator = routeDecorator("PATCH");
export const Delete: RouteDecorator = routeDecorator("DELETE");
export const Head: RouteDecorator = routeDecorator("HEAD");
export const Options: RouteDecorator = routeDecorator("OPTIONS");
export const Trace: RouteDecorator = routeDecorator("TRACE");
