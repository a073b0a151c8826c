import { MixedMatcher } from "./mixed.ts";
import type { Segment } from "./segment.ts";

/** A node of the radix tree: literal text that several paths share, and what may follow it. */
export interface Node<Route> {
  text: string;
  /** The routes that end here, one for each method. */
  readonly routes: Route[];
  /** No two start with the same character. */
  readonly literals: Node<Route>[];
  /** Segments of text and parameters, or constrained ones, in the order in which they are tried. */
  readonly mixed: MixedBranch<Route>[];
  /** What follows a plain parameter. */
  parameter: Node<Route> | undefined;
  /** The routes whose catch-all starts here. */
  readonly rest: Route[];
}

export interface MixedBranch<Route> {
  /** Equal for two segments that match the same texts. */
  readonly shape: string;
  readonly matcher: MixedMatcher;
  readonly next: Node<Route>;
}

export function createNode<Route>(text: string): Node<Route> {
  return { text, routes: [], literals: [], mixed: [], parameter: undefined, rest: [] };
}

/** Adds a route under `root`, making the nodes that its path needs. */
export function insertRoute<Route>(root: Node<Route>, segments: readonly Segment[], route: Route, fold: (text: string) => string): void {
  let node = root;
  let text = "";
  for (const segment of segments) {
    text += "/";
    if (segment.kind === "literal") {
      text += fold(segment.text);
      continue;
    }
    node = insertText(node, text);
    text = "";
    if (segment.kind === "rest") return void node.rest.push(route);
    node = segment.kind === "parameter" ? (node.parameter ??= createNode("")) : insertMixed(node, segment, fold);
  }
  insertText(node, text).routes.push(route);
}

function insertText<Route>(node: Node<Route>, text: string): Node<Route> {
  if (text === "") return node;
  const position = node.literals.findIndex((literal) => literal.text[0] === text[0]);
  const sibling = node.literals[position];
  if (sibling === undefined) {
    const added = createNode<Route>(text);
    node.literals.push(added);
    return added;
  }
  const shared = countShared(sibling.text, text);
  if (shared === sibling.text.length) return insertText(sibling, text.slice(shared));
  const fork = createNode<Route>(text.slice(0, shared));
  node.literals[position] = fork;
  sibling.text = sibling.text.slice(shared);
  fork.literals.push(sibling);
  return insertText(fork, text.slice(shared));
}

function countShared(left: string, right: string): number {
  let count = 0;
  while (count < left.length && left[count] === right[count]) count += 1;
  return count;
}

type Mixed = Extract<Segment, { kind: "mixed" }>;

function insertMixed<Route>(node: Node<Route>, segment: Mixed, fold: (text: string) => string): Node<Route> {
  const shape = toSegmentShape(segment, fold);
  const known = node.mixed.find((branch) => branch.shape === shape);
  if (known !== undefined) return known.next;
  const added = { shape, matcher: new MixedMatcher(segment, fold), next: createNode<Route>("") };
  node.mixed.push(added);
  node.mixed.sort(compareBranches); // stable: the order of registration decides last
  return added.next;
}

/** More literal text first, then more constraints. */
function compareBranches({ matcher: left }: MixedBranch<unknown>, { matcher: right }: MixedBranch<unknown>): number {
  return right.literalLength - left.literalLength || right.constraintCount - left.constraintCount;
}

/** What two segments that match the same texts have in common: everything but the names of their parameters. */
export function toSegmentShape(segment: Segment, fold: (text: string) => string): string {
  switch (segment.kind) {
    case "literal":
      return fold(segment.text);
    case "parameter":
      return "{}"; // no literal text has a brace
    case "rest":
      return "{*}";
    case "mixed":
      return segment.parts
        .map((part) => (typeof part === "string" ? fold(part) : `{${part.constraint?.source ?? ""}}`))
        .join("");
  }
}
