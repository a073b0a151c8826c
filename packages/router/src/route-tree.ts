import { RouteConflict } from "./errors.ts";
import { createNode, insertRoute } from "./node.ts";
import { parsePath, type Pattern } from "./pattern.ts";
import { decodeValue, foldCase, toCanonicalPath } from "./percent.ts";
import { printRoutes } from "./print.ts";
import { foldSegments, toForms, toShape, trimSlash, type Form } from "./shape.ts";
import { findRoute, none, type Walk } from "./walk.ts";

/** What a tree answers for a method and a path, by the status that HTTP has for it. */
export type Match<Value> =
  | Found<Value>
  | { readonly status: 400 }
  | { readonly status: 404 }
  | { readonly status: 405; readonly allow: readonly string[] };

/** A route that matched. */
export interface Found<Value> {
  readonly status: 200;
  readonly value: Value;
  /** By position, in the order of the pattern's names; undefined for an optional one that is absent. */
  readonly parameters: readonly (string | undefined)[];
}

export interface RouteTreeOptions {
  /** Whether `/a` and `/a/` are two paths (`"strict"`, the default) or one. */
  readonly trailingSlash?: "strict" | "ignore";
  /** Whether `/a` and `/A` are two paths (the default) or one. Values keep their case; constraints ignore it too. */
  readonly caseSensitive?: boolean;
}

/** A route where one of its forms ends. */
interface Route<Value> {
  readonly method: string;
  readonly value: Value;
  readonly parameterCount: number;
  readonly absentCount: number;
  /** Ready when there is nothing to cut from the path. */
  readonly found: Found<Value> | undefined;
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
 * Cost:  a match is one walk of the tree, for all methods; without parameters it allocates nothing.
 */
export class RouteTree<Value> {
  readonly #root = createNode<Route<Value>>();
  readonly #walk: Walk<Route<Value>>;
  readonly #ignoresCase: boolean;
  /** By method and shape. */
  readonly #registrations = new Map<string, Registration>();

  constructor({ trailingSlash = "strict", caseSensitive = true }: RouteTreeOptions = {}) {
    this.#walk = { method: "", ignoresSlash: trailingSlash === "ignore", spans: [], others: none };
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
    const forms = this.#normalize(toForms(pattern));
    const keys = forms.map(({ segments }) => `${method} ${toShape(segments)}`);
    for (const key of keys) this.#refuseConflict(key, registration);
    for (const key of keys) this.#registrations.set(key, registration);
    for (const form of forms) insertRoute(this.#root, form.segments, createRoute(registration, form, value));
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
    // searched for escapes, which costs a third of a short walk.
    const route = this.#find(method, path);
    if (route?.found !== undefined) return route.found;
    if (path.indexOf("%") !== -1) return this.#matchEncoded(method, path);
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
    return others === none ? notFound : { status: 405, allow: [...new Set(others.map(({ method }) => method))] };
  }

  /** The tree printed for people: a line for each segment, with the methods where routes end. */
  toString(): string {
    return printRoutes(new Set(this.#registrations.values()));
  }

  #find(method: string, path: string): Route<Value> | undefined {
    const walk = this.#walk;
    const folded = this.#ignoresCase ? foldCase(path) : path;
    walk.others = none;
    walk.method = method;
    const route = findRoute(walk, this.#root, folded, 0, 0);
    if (route !== undefined || method !== "HEAD") return route;
    walk.method = "GET";
    return findRoute(walk, this.#root, folded, 0, 0);
  }

  #normalize(forms: readonly Form[]): readonly Form[] {
    const { ignoresSlash } = this.#walk;
    if (!ignoresSlash && !this.#ignoresCase) return forms;
    return forms.map(({ segments, absentCount }) => {
      const trimmed = ignoresSlash ? trimSlash(segments) : segments;
      return { segments: this.#ignoresCase ? foldSegments(trimmed) : trimmed, absentCount };
    });
  }

  #refuseConflict(key: string, added: Registration): void {
    const known = this.#registrations.get(key);
    if (known === undefined) return;
    const what = `${describe(added)} answers the same requests as ${describe(known)}.`;
    throw new RouteConflict(what, "remove one of the two, or give it another path, method or constraint");
  }
}

function createRoute<Value>({ method, pattern }: Registration, { absentCount }: Form, value: Value): Route<Value> {
  const parameterCount = pattern.names.length - absentCount;
  const found = parameterCount === 0 ? foundWithout(absentCount, value) : undefined;
  return { method, value, parameterCount, absentCount, found };
}

/** What is found where no parameter has to be cut from the path. */
function foundWithout<Value>(absentCount: number, value: Value): Found<Value> {
  const parameters = Object.freeze(Array.from({ length: absentCount }, () => undefined));
  return Object.freeze({ status: 200 as const, value, parameters });
}

function cutParameters<Value>(
  { value, parameterCount, absentCount }: Route<Value>,
  path: string,
  spans: readonly number[],
  isEncoded: boolean,
): Found<Value> {
  const parameters = new Array<string | undefined>(parameterCount + absentCount); // pushing would allocate room for 17
  for (let index = 0; index < parameterCount; index += 1) {
    const text = path.slice(spans[index * 2], spans[index * 2 + 1]);
    parameters[index] = isEncoded ? decodeValue(text) : text;
  }
  return { status: 200, value, parameters };
}

function describe({ method, pattern, place }: Registration): string {
  const at = typeof place === "function" ? place() : place;
  return `${method} ${pattern.path}${at === undefined ? "" : ` (${at})`}`;
}
