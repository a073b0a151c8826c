import type { Branch, MixedBranch, Node, Opening } from "./branch.ts";
import { MixedMatcher } from "./mixed.ts";
import type { Route } from "./route.ts";
import type { MixedSegment, Segment } from "./segment.ts";
import { toShape } from "./shape.ts";

/** A route, and the segments of its path that come after some place: at first all of them. */
export interface Remainder<Value> {
  readonly segments: readonly Segment[];
  readonly route: Route<Value>;
}

/** A remainder whose literal text, up to where a parameter starts, is put together. */
interface Run<Value> extends Remainder<Value> {
  readonly text: string;
}

/**
 * The same routes with a slash at the end of their paths, unless that would be a second one after the root's, or a catch-all
 * takes it.
 */
export function addSlashes<Value>(remainders: readonly Remainder<Value>[]): Remainder<Value>[] {
  const open = remainders.filter(({ segments }) => segments.at(-1)?.kind !== "rest" && !isRoot(segments));
  return open.map(({ segments, route }) => ({ segments: [...segments, { kind: "literal", text: "" }], route }));
}

function isRoot([first, second]: readonly Segment[]): boolean {
  return second === undefined && first?.kind === "literal" && first.text === "";
}

/**
 * Lays routes out as a tree for walks. Their order counts only between two constraints, and for the methods of one path.
 *
 * Cost: once for all requests; 1,000 routes take some milliseconds.
 */
export function layOutBranch<Value>(remainders: readonly Remainder<Value>[]): Branch<Value> {
  const runs = remainders.filter(({ segments }) => segments.length > 0).map(takeText);
  return { route: chainEnded(remainders), literal: runs.length === 0 ? undefined : layOutNode(runs, undefined) };
}

/** The routes without a segment left. Each is copied: one whose trailing slash is ignored ends in two places. */
function chainEnded<Value>(remainders: readonly Remainder<Value>[]): Route<Value> | undefined {
  const ended = remainders.filter(({ segments }) => segments.length === 0);
  return ended.reduceRight<Route<Value> | undefined>((next, { route }) => ({ ...route, next }), undefined);
}

function takeText<Value>({ segments, route }: Remainder<Value>): Run<Value> {
  let text = "";
  for (const [index, segment] of segments.entries()) {
    text += "/";
    if (segment.kind !== "literal") return { text, segments: segments.slice(index), route };
    text += segment.text;
  }
  return { text, segments: [], route };
}

function layOutNode<Value>(runs: readonly Run<Value>[], outer: Opening<Value> | undefined): Node<Value> {
  const text = runs.map((run) => run.text).reduce(sharedStart);
  const codes = toCodes(text);
  const here = runs.filter((run) => run.text.length === text.length);
  const longer = runs.filter((run) => run.text.length > text.length);
  const opening = here.some(({ segments }) => segments.length > 0) ? layOutOpening(codes, here, outer) : outer;
  const children = layOutChildren(longer, text.length, opening);
  return { text, codes, length: text.length, route: chainEnded(here), opening, children, mask: children.length - 1 };
}

/** The nodes for runs that have more text than this, each in the place that its next character has under the mask. */
function layOutChildren<Value>(
  runs: readonly Run<Value>[],
  length: number,
  outer: Opening<Value> | undefined,
): (Node<Value> | undefined)[] {
  const groups = groupBy(runs, ({ text }) => text.charCodeAt(length));
  const mask = toMask([...groups.keys()]);
  const children = new Array<Node<Value> | undefined>(mask + 1).fill(undefined);
  for (const [code, group] of groups) children[code & mask] = layOutNode(group, outer);
  return children;
}

function sharedStart(left: string, right: string): string {
  const length = Math.min(left.length, right.length);
  let shared = 0;
  while (shared < length && left[shared] === right[shared]) shared += 1;
  return left.slice(0, shared);
}

/** The lowest bits in which all of these differ. */
function toMask(codes: readonly number[]): number {
  let mask = 0;
  while (codes.length > 1 && new Set(codes.map((code) => code & mask)).size < codes.length) mask = mask * 2 + 1;
  return mask;
}

function toCodes(text: string): number[] {
  const codes = new Array<number>(text.length); // Array.from takes most of the time of a layout
  for (let index = 0; index < text.length; index += 1) codes[index] = text.charCodeAt(index);
  return codes;
}

function layOutOpening<Value>(
  codes: readonly number[],
  runs: readonly Run<Value>[],
  outer: Opening<Value> | undefined,
): Opening<Value> {
  const mixed = layOutMixed(runs);
  const plain = takeSegment(runs, "parameter");
  const parameter = plain.length === 0 ? undefined : layOutBranch(plain);
  const rest = chainEnded(takeSegment(runs, "rest"));
  const hasOther = mixed.length > 0 || rest !== undefined || outer !== undefined;
  return { codes, length: codes.length, mixed, parameter, rest, outer, only: hasOther ? undefined : parameter };
}

/** What comes after the first segment of those where it is of this kind. */
function takeSegment<Value>(remainders: readonly Remainder<Value>[], kind: Segment["kind"]): Remainder<Value>[] {
  const taken = remainders.filter(({ segments }) => segments[0]?.kind === kind);
  return taken.map(({ segments, route }) => ({ segments: segments.slice(1), route }));
}

function layOutMixed<Value>(runs: readonly Run<Value>[]): MixedBranch<Value>[] {
  const mixed = runs.filter(({ segments }) => segments[0]?.kind === "mixed");
  const groups = groupBy(mixed, ({ segments }) => toShape(segments.slice(0, 1)));
  const branches = Array.from(groups.values(), (group) => ({
    matcher: new MixedMatcher(group[0]?.segments[0] as MixedSegment), // of the same shape, so of the same text and constraints
    next: layOutBranch(takeSegment(group, "mixed")),
  }));
  return branches.sort(compareBranches);
}

/** More literal text first, then more constraints; the sort is stable, so the order of registration decides last. */
function compareBranches({ matcher: left }: MixedBranch<unknown>, { matcher: right }: MixedBranch<unknown>): number {
  return right.literalLength - left.literalLength || right.constraintCount - left.constraintCount;
}

function groupBy<Item, Key>(items: readonly Item[], toKey: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = toKey(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
