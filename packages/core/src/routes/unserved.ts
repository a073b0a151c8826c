import type { Class, Place } from "@madeleine/di";
import type { Logger } from "../logger.ts";

// What this process declared and no application serves yet. A module that is loaded and never used is most often one that was forgotten:
// its routes would be 404 without a word.
const controllers = new Set<object>();
const routers = new Map<object, Prefixed>();

interface Prefixed {
  readonly prefix: string;
  readonly place: Place;
}

export function rememberController(target: object): void {
  controllers.add(target);
}

/** An application lists this class; its base classes pass their routes on to it, so they are used as well. */
export function markListed(target: Class): void {
  for (let at: object | null = target; at !== null; at = Object.getPrototypeOf(at) as object | null) controllers.delete(at);
}

/** A group got a route, whose place is where it is looked for. */
export function rememberRouter(router: object, prefixed: Prefixed): void {
  if (!routers.has(router)) routers.set(router, prefixed);
}

export function markIncluded(router: object): void {
  routers.delete(router);
}

/** Says once of each that nothing of this process serves it. */
export function warnOfUnserved(logger: Logger): void {
  for (const target of controllers) {
    const { name } = target as Class;
    const details = { code: "UNUSED_CONTROLLER", mend: `new App({ controllers: [${name}, …] }), or leave its module out` };
    logger.warn(details, `${name} has @Controller(), and no application lists it: its routes are not served`);
  }
  for (const { prefix, place } of routers.values()) {
    const details = { code: "UNUSED_ROUTER", mend: "app.include(router), or leave its module out", where: place.toString() };
    logger.warn(details, `the router ${JSON.stringify(prefix)} has routes, and nothing includes it: they are not served`);
  }
  controllers.clear();
  routers.clear();
}
