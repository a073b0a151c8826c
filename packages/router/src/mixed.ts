import { decodeValue } from "./percent.ts";
import type { MixedSegment } from "./segment.ts";

/**
 * How many places for its separators are tried in one segment with constraints. A real segment needs a few; without a
 * bound, `/:a(.+)-:b(.+)-:c(\\d+)` against 15 kB of "-" would be cubic (PA-10).
 */
const MAX_CUTS = 100;

/**
 * Cuts a segment of text and parameters in turn at its text, the leftmost place first: in `/:name.:ext`, `a.tar.gz` has
 * the name `a`.
 *
 * Cost: linear without constraints. The leftmost place leaves most to what follows, so no other can succeed where it
 *       fails, and nothing is tried twice. With constraints, MAX_CUTS bounds it.
 */
export class MixedMatcher {
  readonly literalLength: number;
  readonly constraintCount: number;
  /** How many parameters it has. */
  readonly size: number;
  readonly #prefix: string;
  readonly #suffix: string;
  /** The text after each parameter but the last. */
  readonly #separators: string[];
  readonly #expressions: (RegExp | undefined)[];
  #cutsLeft = 0;

  constructor({ parts }: MixedSegment) {
    const texts = parts.filter((part) => typeof part === "string");
    const parameters = parts.filter((part) => typeof part !== "string");
    this.literalLength = texts.join("").length;
    this.constraintCount = parameters.filter(({ constraint }) => constraint !== undefined).length;
    this.#prefix = typeof parts[0] === "string" ? (texts.shift() ?? "") : "";
    this.#suffix = typeof parts.at(-1) === "string" ? (texts.pop() ?? "") : "";
    this.size = parameters.length;
    this.#separators = texts;
    this.#expressions = parameters.map(({ constraint }) => constraint?.expression);
  }

  /**
   * Writes where each parameter starts and ends to `spans`, from `spans[slot]` on.
   *
   * Shape: `/:name.:ext` on `path.slice(from, to) === "a.txt"` writes `[from, from + 1, from + 2, to]`.
   */
  split(path: string, from: number, to: number, spans: number[], slot: number): boolean {
    const start = from + this.#prefix.length;
    const end = to - this.#suffix.length;
    if (end <= start || !path.startsWith(this.#prefix, from) || !path.startsWith(this.#suffix, end)) return false;
    this.#cutsLeft = this.constraintCount === 0 ? 0 : MAX_CUTS;
    return this.#cut(path, start, end, spans, slot, 0);
  }

  #cut(path: string, start: number, end: number, spans: number[], slot: number, index: number): boolean {
    spans[slot] = start;
    const separator = this.#separators[index];
    if (separator === undefined) {
      spans[slot + 1] = end;
      return this.#accepts(path, start, end, index);
    }
    let stop = path.indexOf(separator, start + 1);
    while (stop !== -1 && stop + separator.length < end) {
      const next = stop + separator.length;
      spans[slot + 1] = stop;
      if (this.#accepts(path, start, stop, index) && this.#cut(path, next, end, spans, slot + 2, index + 1)) return true;
      if (--this.#cutsLeft < 0) return false;
      stop = path.indexOf(separator, stop + 1);
    }
    return false;
  }

  #accepts(path: string, start: number, end: number, index: number): boolean {
    const expression = this.#expressions[index];
    if (expression === undefined) return true;
    // Undefined where a cut fell inside an escape: only text after a constraint can start with a letter or digit. And in
    // the walk that comes before the path is checked (PA-01).
    const value = decodeValue(path.slice(start, end));
    return value !== undefined && expression.test(value);
  }
}
