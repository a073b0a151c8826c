import type { Branch } from "./branch.ts";
import { RouteConflict } from "./errors.ts";
import { addSlashes, layOutBranch, type Remainder } from "./layout.ts";
import { parsePath, type Pattern } from "./pattern.ts";
import { foldCase, toCanonicalPath } from "./percent.ts";
import { printRoutes } from "./print.ts";
import { createRoute, cutParameters, type Found, type Route } from "./route.ts";
import type { Segment } from "./segment.ts";
import { foldSegments, toForms, toShape, trimSlash } from "./shape.ts";
import { findRoute, makeRoom, type Walk } from "./walk.ts";

/** What a tree answers for a method and a path, by the status that HTTP has for it. */
export type Match<Value> =
  | Found<Value>
  | { readonly status: 400 }
  | { readonly status: 404 }
  | { readonly status: 405; readonly allow: readonly string[] };

export interface RouteTreeOptions {
  /** Whether `/a` and `/a/` are two paths (`"strict"`, the default) or one. */
  readonly trailingSlash?: "strict" | "ignore";
  /** Whether `/a` and `/A` are two paths (the default) or one. Values keep their case; constraints ignore it too. */
  readonly caseSensitive?: boolean;
}

interface Registration {
  readonly method: string;
  readonly pattern: Pattern;
  readonly place: RoutePlace | undefined;
}

/** Where a route was written, as text, or what finds out: taking stacks apart is left to who shows them. */
export type RoutePlace = string | (() => string | undefined);

const badRequest = Object.freeze({ status: 400 } as const);
const notFound = Object.freeze({ status: 404 } as const);

/**
 * Routes by method and path.
 *
 * Shape: after `add("GET", "/users/:id", handler)`, `match("GET", "/users/a%20b")` is
 *        `{ status: 200, value: handler, parameters: ["a b"] }`.
 * Cost:  a match is one walk of the tree, for all methods; without parameters it allocates nothing. The first match after
 *        an `add` lays the tree out, which takes some milliseconds for 1,000 routes.
 */
export class RouteTree<Value> {
  readonly #ignoresSlash: boolean;
  readonly #ignoresCase: boolean;
  /** By method and shape. */
  readonly #registrations = new Map<string, Registration>();
  readonly #remainders: Remainder<Value>[] = [];
  /** Undefined from the time a route is added until it is laid out. */
  #root: Branch<Value> | undefined;
  readonly #walk: Walk = { spans: [], others: undefined };

  constructor({ trailingSlash = "strict", caseSensitive = true }: RouteTreeOptions = {}) {
    this.#ignoresSlash = trailingSlash === "ignore";
    this.#ignoresCase = !caseSensitive;
  }

  /**
   * Adds a route. `place` says where it was written, for the message of a conflict.
   *
   * Errors: PathSyntaxError; RouteConflict when a route of the same method has the same shape, whatever the names of its
   *         parameters. The tree is then what it was before.
   */
  add(method: string, path: string, value: Value, place?: RoutePlace): Pattern {
    const pattern = parsePath(path);
    const registration = { method, pattern, place };
    const forms = toForms(pattern).map((form) => ({ ...form, segments: this.#normalize(form.segments) }));
    const keys = forms.map(({ segments }) => `${method} ${toShape(segments)}`);
    for (const key of keys) this.#refuseConflict(key, registration);
    for (const key of keys) this.#registrations.set(key, registration);
    for (const form of forms)
      this.#remainders.push({ segments: form.segments, route: createRoute(method, pattern, form, value) });
    makeRoom(this.#walk, pattern.names.length);
    this.#root = undefined;
    return pattern;
  }

  /**
   * The route for a request. `path` is the path as it was sent, still encoded, without its query.
   *
   * Source: RFC 9110 §9.3.2 (the route for GET answers HEAD where none of its own does), §15.5.6 (`allow` has the methods
   *         of all routes that match: those that were added; HEAD beside GET is left to the caller).
   */
  match(method: string, path: string): Match<Value> {
    // A path that equals literal text is canonical as it is. So the walk comes first, and only what it does not settle is
    // searched for escapes, which takes a quarter of the time of a static match.
    const route = this.#find(method, path);
    if (route?.found !== undefined) return route.found;
    if (path.includes("%")) return this.#matchEncoded(method, path);
    return route === undefined ? this.#answerMiss() : cutParameters(route, path, this.#walk.spans, false);
  }

  #matchEncoded(method: string, path: string): Match<Value> {
    const canonical = toCanonicalPath(path);
    if (canonical === undefined) return badRequest; // PA-01
    const route = this.#find(method, canonical);
    if (route === undefined) return this.#answerMiss();
    return route.found ?? cutParameters(route, canonical, this.#walk.spans, true);
  }

  #answerMiss(): Match<Value> {
    const { others } = this.#walk;
    return others === undefined ? notFound : { status: 405, allow: [...others] };
  }

  /** The tree printed for people: a line for each segment, with the methods where routes end. */
  toString(): string {
    return printRoutes(new Set(this.#registrations.values()));
  }

  #find(method: string, path: string): Route<Value> | undefined {
    const root = this.#root ?? this.#layOut();
    const walk = this.#walk;
    if (walk.others !== undefined) walk.others = undefined;
    if (path.charCodeAt(0) !== 47) return undefined; // "*", the server itself
    const folded = this.#ignoresCase ? foldCase(path) : path;
    const route = findRoute(walk, method, root, folded, 0, 0);
    return route !== undefined || method !== "HEAD" ? route : findRoute(walk, "GET", root, folded, 0, 0);
  }

  /** A slash that is ignored is laid out as one that may be there: walks know nothing of it. */
  #layOut(): Branch<Value> {
    const slashed = this.#ignoresSlash ? addSlashes(this.#remainders) : [];
    this.#root = layOutBranch([...slashed, ...this.#remainders]);
    return this.#root;
  }

  #normalize(segments: readonly Segment[]): readonly Segment[] {
    const trimmed = this.#ignoresSlash ? trimSlash(segments) : segments;
    return this.#ignoresCase ? foldSegments(trimmed) : trimmed;
  }

  #refuseConflict(key: string, added: Registration): void {
    const known = this.#registrations.get(key);
    if (known === undefined) return;
    const what = `${describe(added)} answers the same requests as ${describe(known)}.`;
    throw new RouteConflict(what, "remove one of the two, or give it another path, method or constraint");
  }
}

function describe({ method, pattern, place }: Registration): string {
  const at = typeof place === "function" ? place() : place;
  return `${method} ${pattern.path}${at === undefined ? "" : ` (${at})`}`;
}
