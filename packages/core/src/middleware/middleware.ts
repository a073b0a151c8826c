import { dependency, type Needs, type Need, type Values } from "@madeleine/di";
import type { Request, Response } from "@madeleine/http";

/** Answers by everything further in: always with a response, also where something was thrown there. */
export type Next = () => Promise<Response>;

/**
 * What stands around a handler: it may answer itself, or change what `next()` gives.
 *
 * Shape:  `async (request, next) => { const response = await next(); response.headers.set("x-trace", "7"); return response; }`
 */
export type Middleware = (request: Request, next: Next) => Response | Promise<Response>;

/** The route that a request was matched with. */
export interface MatchedRoute {
  /** `*` for a mount. */
  readonly method: string;
  /** As it was declared: `/items/:id`. */
  readonly path: string;
  /** That of its options, or `"Items.list"`. */
  readonly name: string | undefined;
}

/** What a middleware with needs is given beside them. */
export interface GivenToMiddleware {
  readonly request: Request;
  /** Undefined where no route matched: only an application's own middleware sees that. */
  readonly route: MatchedRoute | undefined;
}

const needsOf: unique symbol = Symbol.for("madeleine.middleware");

/** A middleware with needs, as lists of middleware take it. */
export interface MiddlewareWithNeeds {
  readonly [needsOf]: Needs;
}

/** The same, as a test calls it: with plain values, and a `next` of its own. */
export interface TypedMiddleware<N> extends MiddlewareWithNeeds {
  (values: Values<N> & GivenToMiddleware, next: Next): Response | Promise<Response>;
}

/** What stands in a list of middleware. */
export type AnyMiddleware = Middleware | MiddlewareWithNeeds;

/**
 * A middleware with needs. They are read and computed when it is entered, and live until it has returned.
 *
 * Shape:  `middleware({ user: CurrentUser }, async ({ user, route }, next) => user === undefined ? new Response(null, { status: 401 }) : next())`
 * Errors: TypeError where the needs are no record of needs, or one is named `request` or `route`. An invalid input is a 422 like any
 *         other, what a need throws an answer like any other.
 */
export function middleware<N>(
  needs: N & Needs & NoGivenName<N>,
  run: (values: Values<N> & GivenToMiddleware, next: Next) => Response | Promise<Response>,
): TypedMiddleware<NoInfer<N>> {
  dependency(needs, run as () => unknown); // the same mistakes are refused, in the same words
  for (const name of ["request", "route"])
    if (Object.hasOwn(needs, name))
      throw new TypeError(`middleware(needs, run): "${name}" is given to every middleware: name the need otherwise`);
  const named = (values: Values<N> & GivenToMiddleware, next: Next) => run(values, next);
  Object.defineProperty(named, "name", { value: run.name });
  return Object.assign(named, { [needsOf]: { ...needs } as Needs });
}

/** Compile error: a need that is named as what every middleware is given. */
export interface NameIsGiven<Mend extends string> {
  error: Mend;
}

type NoGivenName<N> = {
  [Name in keyof N]: Name extends keyof GivenToMiddleware
    ? NameIsGiven<"request and route are given: name the need otherwise">
    : N[Name];
};

/** The needs of a middleware; undefined for one without, and for what is none: boot tells that. */
export function middlewareNeeds(middleware: AnyMiddleware): Readonly<Record<string, Need>> | undefined {
  return (middleware as Partial<MiddlewareWithNeeds> | undefined)?.[needsOf];
}
