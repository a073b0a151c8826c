import { MixedMatcher } from "./mixed.ts";
import type { MixedSegment, Segment } from "./segment.ts";
import { toShape } from "./shape.ts";
import { none } from "./walk.ts";

/** A node of the radix tree: literal text that several paths share, and what may follow it. */
export interface Node<Route> {
  /** The first of `codes`, which is all that a walk compares of most nodes. */
  code: number;
  /** The literal text, as character codes. */
  codes: readonly number[];
  /** The routes that end here, one for each method. */
  routes: readonly Route[];
  /** No two start with the same character. */
  readonly literals: Node<Route>[];
  /** Segments of text and parameters, or constrained ones, in the order in which they are tried. */
  mixed: readonly MixedBranch<Route>[];
  /** What follows a plain parameter. */
  parameter: Node<Route> | undefined;
  /** The routes whose catch-all starts here. */
  rest: readonly Route[];
}

interface MixedBranch<Route> {
  readonly shape: string;
  readonly matcher: MixedMatcher;
  readonly next: Node<Route>;
}

/** A node with this text and nothing after it. */
export function createNode<Route>(codes: readonly number[] = none): Node<Route> {
  return { code: codes[0] ?? -1, codes, routes: none, literals: [], mixed: none, parameter: undefined, rest: none };
}

/** Adds a route under `root`, with the nodes that its path needs. */
export function insertRoute<Route>(root: Node<Route>, segments: readonly Segment[], route: Route): void {
  let node = root;
  let text = "";
  for (const segment of segments) {
    text += "/";
    if (segment.kind === "literal") {
      text += segment.text;
      continue;
    }
    node = insertText(node, toCodes(text));
    text = "";
    if (segment.kind === "rest") {
      node.rest = [...node.rest, route];
      return;
    }
    node = segment.kind === "parameter" ? (node.parameter ??= createNode()) : insertMixed(node, segment);
  }
  const end = insertText(node, toCodes(text));
  end.routes = [...end.routes, route];
}

function toCodes(text: string): number[] {
  const codes: number[] = [];
  for (let index = 0; index < text.length; index++) codes.push(text.charCodeAt(index));
  return codes;
}

function insertText<Route>(node: Node<Route>, codes: readonly number[]): Node<Route> {
  if (codes.length === 0) return node;
  const position = node.literals.findIndex(({ code }) => code === codes[0]);
  const sibling = node.literals[position];
  if (sibling === undefined) {
    const added = createNode<Route>(codes);
    node.literals.push(added);
    return added;
  }
  const shared = countShared(sibling.codes, codes);
  if (shared < sibling.codes.length) node.literals[position] = forkNode(sibling, shared);
  return insertText(node.literals[position] ?? sibling, codes.slice(shared));
}

/** A node for the first `length` characters of `node`, which keeps the others and comes under it. */
function forkNode<Route>(node: Node<Route>, length: number): Node<Route> {
  const fork = createNode<Route>(node.codes.slice(0, length));
  node.codes = node.codes.slice(length);
  node.code = node.codes[0] ?? -1;
  fork.literals.push(node);
  return fork;
}

function countShared(left: readonly number[], right: readonly number[]): number {
  let shared = 0;
  while (shared < left.length && left[shared] === right[shared]) shared += 1;
  return shared;
}

function insertMixed<Route>(node: Node<Route>, segment: MixedSegment): Node<Route> {
  const shape = toShape([segment]);
  const known = node.mixed.find((branch) => branch.shape === shape);
  if (known !== undefined) return known.next;
  const added = { shape, matcher: new MixedMatcher(segment), next: createNode<Route>() };
  node.mixed = [...node.mixed, added].sort(compareBranches);
  return added.next;
}

/** More literal text first, then more constraints; the sort is stable, so the order of registration decides last. */
function compareBranches({ matcher: left }: MixedBranch<unknown>, { matcher: right }: MixedBranch<unknown>): number {
  return right.literalLength - left.literalLength || right.constraintCount - left.constraintCount;
}
