import type { Logger } from "../logger.ts";

// The groups of this process that have routes and that nothing includes yet: all of them would be 404 without a word.
const unincluded = new Map<object, { readonly prefix: string; readonly place: { toString(): string | undefined } }>();

/** A group got a route, whose place is where it is looked for. */
export function rememberRouter(router: object, prefix: string, place: { toString(): string | undefined }): void {
  if (!unincluded.has(router)) unincluded.set(router, { prefix, place });
}

export function markIncluded(router: object): void {
  unincluded.delete(router);
}

/** Says once of each group that nothing of this process includes it. */
export function warnOfUnincludedRouters(logger: Logger): void {
  for (const { prefix, place } of unincluded.values()) {
    const details = { code: "UNUSED_ROUTER", mend: "app.include(router), or leave its module out", where: place.toString() };
    logger.warn(details, `the router ${JSON.stringify(prefix)} has routes, and nothing includes it: they are not served`);
  }
  unincluded.clear();
}
