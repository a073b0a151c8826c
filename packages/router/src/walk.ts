import type { Branch, MixedBranch, Node, Opening } from "./branch.ts";
import type { Route } from "./route.ts";

/** What a walk leaves beside the route. A tree has one: no walk runs inside another. */
export interface Walk {
  /** Start and end of each parameter in turn. What an abandoned branch wrote is overwritten, or never read. */
  readonly spans: number[];
  /** The methods of routes that match but for their method, if any. They are wanted only when nothing else matches. */
  others: Set<string> | undefined;
}

/** Makes room for so many parameters before any walk: a list that may have to grow is slower to write to. */
export function makeRoom({ spans }: Walk, parameterCount: number): void {
  while (spans.length < parameterCount * 2) spans.push(0);
}

/**
 * The best route for the method on `start`, a branch that starts at `from`, which is a slash or the end of the path.
 * `firstSlot` is the next free place in `walk.spans`.
 *
 * Cost: each branch is visited at most once, since how many slashes lie before it is fixed: whatever a hostile path looks
 *       like, backtracking is bounded by the size of the tree (PA-12). Where there is one way on, it is a loop. The path
 *       is an argument and not a field of the walk: to store a young string in an old object costs more than a step.
 */
export function findRoute<Value>(
  walk: Walk,
  method: string,
  start: Branch<Value>,
  path: string,
  from: number,
  firstSlot: number,
): Route<Value> | undefined {
  let branch = start;
  let at = from;
  let slot = firstSlot;
  for (;;) {
    if (at === path.length) return chooseRoute(walk, method, branch.route);
    const node = findNode(branch.literal, path, at);
    if (node === undefined) return undefined;
    const route = findEnd(walk, method, node, path, at);
    if (route !== undefined) return route;
    const { opening } = node;
    if (opening === undefined) return undefined;
    const shared = countShared(opening.codes, path, at);
    if (opening.only === undefined) return findOpening(walk, method, opening, path, at, shared, slot);
    if (shared < opening.length) return undefined;
    const end = takeParameter(walk, path, at + shared, slot);
    if (end === -1) return undefined;
    branch = opening.only;
    at = end;
    slot += 2;
  }
}

/**
 * The node with the longest text that the path has room for. On the way down only those characters are looked at that tell
 * children apart, so the text is still to be compared: without a look past the end of the path, which V8 never forgets.
 */
function findNode<Value>(first: Node<Value> | undefined, path: string, at: number): Node<Value> | undefined {
  if (first === undefined || at + first.length > path.length) return undefined;
  let node = first;
  let end = at + node.length;
  while (end < path.length) {
    const child = node.children[path.charCodeAt(end) & node.mask];
    if (child === undefined) return node;
    end = at + child.length;
    if (end > path.length) return node;
    node = child;
  }
  return node;
}

/** The route whose path ends with the text of this node. To compare whole strings is native, and quicker than four characters. */
function findEnd<Value>(walk: Walk, method: string, node: Node<Value>, path: string, at: number): Route<Value> | undefined {
  if (node.route === undefined || at + node.length !== path.length) return undefined;
  const isEqual = at === 0 ? path === node.text : countShared(node.codes, path, at) === node.length;
  return isEqual ? chooseRoute(walk, method, node.route) : undefined;
}

/** How many of these characters the path has at this place. The first is the slash where the branch starts. */
function countShared(codes: readonly number[], path: string, at: number): number {
  for (let shared = 1; shared < codes.length; shared += 1) {
    if (path.charCodeAt(at + shared) !== codes[shared]) return shared;
  }
  return codes.length;
}

/** The best route behind one of these openings, of which the text before the last agrees with the path in `shared` characters. */
function findOpening<Value>(
  walk: Walk,
  method: string,
  last: Opening<Value>,
  path: string,
  at: number,
  shared: number,
  slot: number,
): Route<Value> | undefined {
  for (let opening: Opening<Value> | undefined = last; opening !== undefined; opening = opening.outer) {
    if (opening.length > shared) continue;
    const route = findSegment(walk, method, opening, path, at + opening.length, slot);
    if (route !== undefined) return route;
  }
  return undefined;
}

function findSegment<Value>(
  walk: Walk,
  method: string,
  { mixed, parameter, rest }: Opening<Value>,
  path: string,
  at: number,
  slot: number,
): Route<Value> | undefined {
  if (mixed.length > 0) {
    const route = findMixed(walk, method, mixed, path, at, slot);
    if (route !== undefined) return route;
  }
  if (parameter !== undefined) {
    const end = takeParameter(walk, path, at, slot);
    const route = end === -1 ? undefined : findRoute(walk, method, parameter, path, end, slot + 2);
    if (route !== undefined) return route;
  }
  if (rest === undefined) return undefined;
  walk.spans[slot] = at;
  walk.spans[slot + 1] = path.length;
  return chooseRoute(walk, method, rest);
}

function findMixed<Value>(
  walk: Walk,
  method: string,
  mixed: readonly MixedBranch<Value>[],
  path: string,
  at: number,
  slot: number,
): Route<Value> | undefined {
  const end = endOfSegment(path, at);
  for (const { matcher, next } of mixed) {
    if (!matcher.split(path, at, end, walk.spans, slot)) continue;
    const route = findRoute(walk, method, next, path, end, slot + matcher.size * 2);
    if (route !== undefined) return route;
  }
  return undefined;
}

/** Where the segment ends that starts here, or -1 when it is empty: a parameter never is. */
function takeParameter({ spans }: Walk, path: string, at: number, slot: number): number {
  const end = endOfSegment(path, at);
  if (end === at) return -1;
  spans[slot] = at;
  spans[slot + 1] = end;
  return end;
}

function endOfSegment(path: string, at: number): number {
  const slash = path.indexOf("/", at);
  return slash === -1 ? path.length : slash;
}

/** The route of this method among those that end in one place. */
function chooseRoute<Value>(walk: Walk, method: string, first: Route<Value> | undefined): Route<Value> | undefined {
  for (let route = first; route !== undefined; route = route.next) if (route.method === method) return route;
  for (let route = first; route !== undefined; route = route.next) (walk.others ??= new Set()).add(route.method);
  return undefined;
}
