import { RouteConflict } from "./errors.ts";
import { createNode, insertRoute, toSegmentShape } from "./node.ts";
import { parsePath, type Pattern } from "./pattern.ts";
import { decodeCanonical, foldCase, toCanonicalPath } from "./percent.ts";
import { printRoutes } from "./print.ts";
import type { Segment } from "./segment.ts";
import { none, Walk } from "./walk.ts";

/** What a tree answers for a method and a path, by the status that HTTP has for it. */
export type Match<Value> =
  | Found<Value>
  | { readonly status: 400 }
  | { readonly status: 404 }
  | { readonly status: 405; readonly allow: readonly string[] };

export interface Found<Value> {
  readonly status: 200;
  readonly value: Value;
  /** By position, in the order of the pattern's names; undefined for an optional one that is absent. */
  readonly parameters: readonly (string | undefined)[];
}

export interface RouteTreeOptions {
  /** Whether `/a` and `/a/` are two paths (`"strict"`, the default) or one. */
  trailingSlash?: "strict" | "ignore";
  /** Whether `/a` and `/A` are two paths (the default) or one. Values keep their case. */
  caseSensitive?: boolean;
}

/** A route, once for each path that it ends at: twice when its last parameter is optional. */
interface Route<Value> {
  readonly method: string;
  readonly value: Value;
  readonly parameterCount: number;
  readonly absentCount: number;
  /** Ready when nothing has to be cut from the path. */
  readonly match: Found<Value> | undefined;
}

interface Registration {
  readonly method: string;
  readonly pattern: Pattern;
  readonly place: string | undefined;
}

const badRequest = Object.freeze({ status: 400 } as const);
const notFound = Object.freeze({ status: 404 } as const);

/**
 * Routes by method and path.
 *
 * Shape: with `add("GET", "/users/:id", handler)`, `match("GET", "/users/a%20b")` is
 *        `{ status: 200, value: handler, parameters: ["a b"] }`.
 * Cost:  a route without parameters is one look-up in a Map and allocates nothing; any other is one walk.
 */
export class RouteTree<Value> {
  readonly #root = createNode<Route<Value>>("");
  readonly #literalRoutes = new Map<string, Route<Value>[]>();
  readonly #registrations = new Map<string, Registration>();
  readonly #walk: Walk<Route<Value>>;
  readonly #ignoresSlash: boolean;
  readonly #fold: (text: string) => string;

  constructor({ trailingSlash = "strict", caseSensitive = true }: RouteTreeOptions = {}) {
    this.#ignoresSlash = trailingSlash === "ignore";
    this.#fold = caseSensitive ? (text) => text : foldCase;
    this.#walk = new Walk(this.#ignoresSlash);
  }

  /**
   * Adds a route. `place` says where it was written, for the message of a conflict.
   *
   * Errors: PathSyntaxError; RouteConflict when another route of the method has the same shape, whatever the names of
   *         its parameters are. The tree is as before then.
   */
  add(method: string, path: string, value: Value, place?: string): Pattern {
    const pattern = parsePath(path);
    const forms = toForms(pattern).map((segments) => this.#withoutSlash(segments));
    const keys = forms.map((segments) => [method, ...segments.map((segment) => toSegmentShape(segment, this.#fold))].join("/"));
    const registration = { method, pattern, place };
    for (const key of keys) this.#refuseConflict(key, registration);
    for (const key of keys) this.#registrations.set(key, registration);
    for (const segments of forms) this.#insert(segments, createRoute(registration, segments, value));
    return pattern;
  }

  /**
   * The route for a request. `path` is the path as it was sent, still encoded, without its query.
   *
   * Source: RFC 9110 §9.3.2 (HEAD is answered by the route for GET where it has none of its own), §15.5.6 (`allow` names
   *         the methods of every route that matches; the registered ones: adding HEAD is left to the caller).
   */
  match(method: string, path: string): Match<Value> {
    const walk = this.#walk;
    try {
      walk.path = toCanonicalPath(path);
    } catch {
      return badRequest; // PA-01
    }
    walk.folded = this.#fold(walk.path);
    walk.otherRoutes = none;
    const route = this.#find(method) ?? (method === "HEAD" ? this.#find("GET") : undefined);
    if (route !== undefined) return route.match ?? this.#cutParameters(route);
    if (walk.otherRoutes.length === 0) return notFound;
    return { status: 405, allow: [...new Set(walk.otherRoutes.map((other) => other.method))] };
  }

  /** The tree, printed for people: a line for each node, methods where routes end. */
  toString(): string {
    return printRoutes([...new Set(this.#registrations.values())]);
  }

  #find(method: string): Route<Value> | undefined {
    const walk = this.#walk;
    walk.method = method;
    const literals = this.#literalRoutes.get(this.#ignoresSlash ? trimSlash(walk.folded) : walk.folded);
    const route = literals === undefined ? undefined : walk.choose(literals);
    return route ?? walk.find(this.#root, 0, 0);
  }

  #cutParameters({ value, parameterCount, absentCount }: Route<Value>): Found<Value> {
    const { path, spans } = this.#walk;
    const parameters: (string | undefined)[] = [];
    for (let slot = 0; slot < parameterCount * 2; slot += 2) {
      parameters.push(decodeCanonical(path.slice(spans[slot], spans[slot + 1])));
    }
    if (absentCount > 0) parameters.push(undefined);
    return { status: 200, value, parameters };
  }

  #insert(segments: readonly Segment[], route: Route<Value>): void {
    if (route.match === undefined) return insertRoute(this.#root, segments, route, this.#fold);
    const path = segments.map((segment) => `/${toSegmentShape(segment, this.#fold)}`).join("");
    const known = this.#literalRoutes.get(path);
    if (known === undefined) this.#literalRoutes.set(path, [route]);
    else known.push(route);
  }

  #refuseConflict(key: string, added: Registration): void {
    const known = this.#registrations.get(key);
    if (known === undefined) return;
    throw new RouteConflict(`${describe(added)} has the shape of ${describe(known)}: a request cannot tell them apart.`);
  }

  #withoutSlash(segments: readonly Segment[]): readonly Segment[] {
    const last = segments.at(-1);
    const hasSlash = segments.length > 1 && last?.kind === "literal" && last.text === "";
    return this.#ignoresSlash && hasSlash ? segments.slice(0, -1) : segments;
  }
}

/** The paths that a pattern stands for: two when its last segment is optional. `/:id?` without it is the root. */
function toForms({ segments, optional }: Pattern): (readonly Segment[])[] {
  if (optional.length === 0) return [segments];
  const shorter = segments.slice(0, -1);
  return [shorter.length === 0 ? [{ kind: "literal", text: "" }] : shorter, segments];
}

function createRoute<Value>({ method, pattern }: Registration, segments: readonly Segment[], value: Value): Route<Value> {
  const isShorter = segments.length < pattern.segments.length || pattern.segments.at(-1) !== segments.at(-1);
  const absentCount = isShorter ? pattern.optional.length : 0;
  const parameterCount = pattern.names.length - absentCount;
  const parameters = Object.freeze(Array.from({ length: absentCount }, () => undefined));
  const match = parameterCount === 0 ? Object.freeze({ status: 200 as const, value, parameters }) : undefined;
  return { method, value, parameterCount, absentCount, match };
}

function describe({ method, pattern, place }: Registration): string {
  return `${method} ${pattern.path}${place === undefined ? "" : ` (${place})`}`;
}

/** One slash after a segment: that of "/" and the second of "//" are not. */
function trimSlash(path: string): string {
  return path.length > 2 && path.endsWith("/") ? path.slice(0, -1) : path;
}
