import type { MixedMatcher } from "./mixed.ts";
import type { Route } from "./route.ts";

/** What may follow one place of a path: its start, or the end of a parameter. */
export interface Branch<Value> {
  /** The first of the routes that end here. */
  readonly route: Route<Value> | undefined;
  /** The first node of the literal text with which all others go on; it starts with a slash. */
  readonly literal: Node<Value> | undefined;
}

/** A node of the radix tree: literal text that several routes of a branch share. */
export interface Node<Value> {
  /** From the start of the branch, not of the node: it is compared as a whole, and not piece by piece on the way. */
  readonly text: string;
  readonly codes: readonly number[];
  readonly length: number;
  /** The first of the routes that end after this text. */
  readonly route: Route<Value> | undefined;
  /** The last place in this text, or at its end, where a parameter may start. */
  readonly opening: Opening<Value> | undefined;
  /** By those bits of the next character that `mask` has: as few as tell the children apart. */
  readonly children: readonly (Node<Value> | undefined)[];
  readonly mask: number;
}

/** A place behind literal text where a parameter may start. */
export interface Opening<Value> {
  /** The text before it, from the start of the branch, as character codes. */
  readonly codes: readonly number[];
  readonly length: number;
  /** Segments of text and parameters, or constrained ones, in the order in which they are tried. */
  readonly mixed: readonly MixedBranch<Value>[];
  /** What follows a plain parameter. */
  readonly parameter: Branch<Value> | undefined;
  /** The first of the routes whose catch-all starts here. */
  readonly rest: Route<Value> | undefined;
  /** The one before it in the same text, to be tried next. */
  readonly outer: Opening<Value> | undefined;
  /** `parameter`, where it is the only way on: no other can start here, nor at `outer`. */
  readonly only: Branch<Value> | undefined;
}

export interface MixedBranch<Value> {
  readonly matcher: MixedMatcher;
  readonly next: Branch<Value>;
}
