import type { Node } from "./node.ts";

/** What one walk looks for, and what it leaves beside the route. A tree has one: no walk runs inside another. */
export interface Walk<Route extends { readonly method: string }> {
  method: string;
  readonly ignoresSlash: boolean;
  /** Start and end of each parameter in turn. What an abandoned branch wrote is overwritten, or never read. */
  readonly spans: number[];
  /** Routes that match but for their method. Their methods are wanted only when nothing else matches. */
  others: readonly Route[];
}

/** The empty list of every node that has none of something: to compare with it is quicker than to ask for a length. */
export const none: readonly never[] = [];

/**
 * The best route under `node`, whose own text ends at `at`. `slot` is the next free place in `walk.spans`.
 *
 * Cost: each node is visited at most once, since how many slashes lie before it is fixed: whatever a hostile path looks
 *       like, backtracking is bounded by the size of the tree (PA-12). The path is an argument and not a field of the
 *       walk: to store a young string in an old object costs more than a step of the walk.
 */
export function findRoute<Route extends { readonly method: string }>(
  walk: Walk<Route>,
  node: Node<Route>,
  path: string,
  at: number,
  slot: number,
): Route | undefined {
  if (at === path.length || (walk.ignoresSlash && isLastSlash(path, at))) {
    const route = chooseRoute(walk, node.routes);
    if (route !== undefined) return route;
  }
  const literal = at < path.length ? findLiteral(node.literals, path, at) : undefined;
  if (literal !== undefined) {
    const route = findRoute(walk, literal, path, at + literal.codes.length, slot);
    if (route !== undefined) return route;
  }
  if (node.parameter !== undefined || node.mixed !== none) {
    const route = findSegment(walk, node, path, at, slot);
    if (route !== undefined) return route;
  }
  if (node.rest === none) return undefined;
  walk.spans[slot] = at;
  walk.spans[slot + 1] = path.length;
  return chooseRoute(walk, node.rest);
}

function findSegment<Route extends { readonly method: string }>(
  walk: Walk<Route>,
  node: Node<Route>,
  path: string,
  at: number,
  slot: number,
): Route | undefined {
  const slash = path.indexOf("/", at);
  const end = slash === -1 ? path.length : slash;
  if (end === at) return undefined; // a parameter is never empty
  const route = node.mixed === none ? undefined : findMixed(walk, node, path, at, end, slot);
  if (route !== undefined) return route;
  if (node.parameter === undefined) return undefined;
  walk.spans[slot] = at;
  walk.spans[slot + 1] = end;
  return findRoute(walk, node.parameter, path, end, slot + 2);
}

function findMixed<Route extends { readonly method: string }>(
  walk: Walk<Route>,
  node: Node<Route>,
  path: string,
  at: number,
  end: number,
  slot: number,
): Route | undefined {
  for (const { matcher, next } of node.mixed) {
    if (!matcher.split(path, at, end, walk.spans, slot)) continue;
    const route = findRoute(walk, next, path, end, slot + matcher.size * 2);
    if (route !== undefined) return route;
  }
  return undefined;
}

/** The route of the walk's method, if any. */
function chooseRoute<Route extends { readonly method: string }>(walk: Walk<Route>, routes: readonly Route[]): Route | undefined {
  for (let index = 0; index < routes.length; index += 1) {
    const route = routes[index];
    if (route?.method === walk.method) return route;
  }
  if (routes !== none) walk.others = [...walk.others, ...routes];
  return undefined;
}

function findLiteral<Route>(literals: readonly Node<Route>[], path: string, at: number): Node<Route> | undefined {
  const code = path.charCodeAt(at); // NaN at the end, which equals nothing
  for (let index = 0; index < literals.length; index += 1) {
    const literal = literals[index];
    if (literal?.code === code) return hasCodes(path, literal.codes, at) ? literal : undefined;
  }
  return undefined;
}

/** `startsWith`, on numbers: half the time of comparing with text. The first character is known to be equal. */
function hasCodes(path: string, codes: readonly number[], at: number): boolean {
  if (at + codes.length > path.length) return false;
  for (let index = 1; index < codes.length; index += 1) {
    if (path.charCodeAt(at + index) !== codes[index]) return false;
  }
  return true;
}

/** One slash is ignored, after a segment: "//" is not the root. */
function isLastSlash(path: string, at: number): boolean {
  return at === path.length - 1 && at > 1 && path[at] === "/";
}
