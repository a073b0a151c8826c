import type { Class } from "@madeleine/di";
import type { Logger } from "../logger.ts";

// The controllers of this process that no application has listed yet. A module that is loaded and never used is most often a
// controller that was forgotten in `controllers: […]`: its routes would be 404 without a word.
const unlisted = new Set<object>();

export function rememberController(target: object): void {
  unlisted.add(target);
}

/** An application lists this class; its base classes pass their routes on to it, so they are used as well. */
export function markListed(target: Class): void {
  for (let at: object | null = target; at !== null; at = Object.getPrototypeOf(at) as object | null) unlisted.delete(at);
}

/** Says once of each controller that no application of this process lists it. */
export function warnOfUnlistedControllers(logger: Logger): void {
  for (const target of unlisted) {
    const { name } = target as Class;
    const details = { code: "UNUSED_CONTROLLER", mend: `new App({ controllers: [${name}, …] }), or leave its module out` };
    logger.warn(details, `${name} has @Controller(), and no application lists it: its routes are not served`);
  }
  unlisted.clear();
}
