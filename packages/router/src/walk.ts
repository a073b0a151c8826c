import type { Node } from "./node.ts";

/** What the walk must know about a route to choose it. */
export interface Choosable {
  readonly method: string;
}

export const none: readonly never[] = Object.freeze([]);

/**
 * One walk through the tree for a method and a path. It leaves the positions of the parameters in `spans`.
 *
 * Cost: each node is visited at most once, since how many slashes lie before it is fixed: whatever a hostile path looks
 *       like, backtracking is bounded by the size of the tree (PA-12).
 */
export class Walk<Route extends Choosable> {
  /** The path from which parameters are cut. */
  path = "";
  /** The same path for comparison with literal text; another string only where letter case is ignored. */
  folded = "";
  method = "";
  /** Start and end of each parameter in turn. What an abandoned branch wrote is overwritten, or never read. */
  readonly spans: number[] = [];
  /** Routes that match but for their method. Their methods are wanted only when nothing else matches. */
  otherRoutes: readonly Route[] = none;
  readonly #ignoresSlash: boolean;

  constructor(ignoresSlash: boolean) {
    this.#ignoresSlash = ignoresSlash;
  }

  /** The best route under `node`, whose own text ends at `at`. `slot` is the next free place in `spans`. */
  find(node: Node<Route>, at: number, slot: number): Route | undefined {
    const { folded } = this;
    if (node.routes.length > 0 && this.#isEnd(at)) {
      const route = this.choose(node.routes);
      if (route !== undefined) return route;
    }
    if (at < folded.length) {
      const route = this.#findLiteral(node, at, slot) ?? this.#findSegment(node, at, slot);
      if (route !== undefined) return route;
    }
    if (node.rest.length === 0) return undefined;
    this.spans[slot] = at;
    this.spans[slot + 1] = folded.length;
    return this.choose(node.rest);
  }

  /** The route of the walk's method, if any. */
  choose(routes: readonly Route[]): Route | undefined {
    for (const route of routes) if (route.method === this.method) return route;
    this.otherRoutes = [...this.otherRoutes, ...routes];
    return undefined;
  }

  #findLiteral({ literals }: Node<Route>, at: number, slot: number): Route | undefined {
    const code = this.folded.charCodeAt(at);
    for (const literal of literals) {
      if (literal.text.charCodeAt(0) !== code) continue;
      return hasText(this.folded, literal.text, at) ? this.find(literal, at + literal.text.length, slot) : undefined;
    }
    return undefined;
  }

  #findSegment(node: Node<Route>, at: number, slot: number): Route | undefined {
    if (node.parameter === undefined && node.mixed.length === 0) return undefined;
    const slash = this.folded.indexOf("/", at);
    const end = slash === -1 ? this.folded.length : slash;
    if (end === at) return undefined;
    for (const { matcher, next } of node.mixed) {
      if (!matcher.split(this.path, this.folded, at, end, this.spans, slot)) continue;
      const route = this.find(next, end, slot + matcher.size * 2);
      if (route !== undefined) return route;
    }
    if (node.parameter === undefined) return undefined;
    this.spans[slot] = at;
    this.spans[slot + 1] = end;
    return this.find(node.parameter, end, slot + 2);
  }

  #isEnd(at: number): boolean {
    const { length } = this.folded;
    if (at === length) return true;
    // One slash is ignored, after a segment: "//" is not the root.
    return this.#ignoresSlash && at === length - 1 && at > 1 && this.folded[at] === "/";
  }
}

/** `startsWith`, but inlined: it decides the speed of a look-up. The first character is known to be equal. */
function hasText(path: string, text: string, at: number): boolean {
  if (at + text.length > path.length) return false;
  for (let index = 1; index < text.length; index += 1) {
    if (path.charCodeAt(at + index) !== text.charCodeAt(index)) return false;
  }
  return true;
}
