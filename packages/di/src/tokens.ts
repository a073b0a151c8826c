/** One token of JavaScript, as far as finding parameters needs it. */
export interface Token {
  readonly kind: "word" | "punctuator" | "literal";
  readonly text: string;
  /** How many brackets are open around it: the same number for both brackets of a pair. */
  readonly depth: number;
}

type Bracket = "condition" | "substitution" | "other";

/**
 * The tokens of a function's source text, one after the other.
 *
 * What a slash begins is decided by what stands before it: where a value has ended it divides, else it begins a regular
 * expression. A closing brace ends a block, then, not a value: nobody divides an object literal. Each stretch of a
 * template's text is a literal, and the tokens of its substitutions stand between them.
 */
export class Tokens {
  readonly #source: string;
  readonly #open: Bracket[] = [];
  #at = 0;
  #previous: Token | undefined;
  #isKeyword = false;
  #isAfterValue = false;

  constructor(source: string) {
    this.#source = source;
  }

  /** Whether the token given last ends a value. */
  get isAfterValue(): boolean {
    return this.#isAfterValue;
  }

  /** Gives undefined at the end of the text. */
  next(): Token | undefined {
    this.#take(spacePattern);
    if (this.#at >= this.#source.length) return undefined;
    this.#previous = this.#takeTemplate() ?? this.#takeWord() ?? this.#takeLiteral() ?? this.#takePunctuator();
    return this.#previous;
  }

  #takeTemplate(): Token | undefined {
    const first = this.#source[this.#at];
    if (first === "}" && this.#open.at(-1) === "substitution") this.#open.pop();
    else if (first !== "`") return undefined;
    const text = this.#take(templatePattern) ?? this.#take(anythingPattern)!;
    const depth = this.#open.length;
    this.#isAfterValue = !text.endsWith("${");
    if (!this.#isAfterValue) this.#open.push("substitution");
    return { kind: "literal", text, depth };
  }

  #takeWord(): Token | undefined {
    const text = this.#take(wordPattern);
    if (text === undefined) return undefined;
    this.#isKeyword = this.#previous?.text !== "."; // anything can be the name of a property
    this.#isAfterValue = !this.#isKeyword || !wordsBeforeExpressions.has(text);
    return { kind: "word", text: unescape(text), depth: this.#open.length };
  }

  #takeLiteral(): Token | undefined {
    const text =
      this.#take(numberPattern) ?? this.#take(stringPattern) ?? (this.#isAfterValue ? undefined : this.#take(regexpPattern));
    if (text === undefined) return undefined;
    this.#isAfterValue = true;
    return { kind: "literal", text, depth: this.#open.length };
  }

  #takePunctuator(): Token {
    const isCondition = this.#isKeyword && wordsBeforeConditions.has(this.#previous?.text ?? "");
    const text = this.#take(punctuatorPattern)!;
    const closed = closing.has(text) ? this.#open.pop() : undefined;
    const depth = this.#open.length;
    if (opening.has(text)) this.#open.push(text === "(" && isCondition ? "condition" : "other");
    // `a++ / b` divides, and `++/re/.lastIndex` does not: these two leave open what was open before them.
    if (text !== "++" && text !== "--") this.#isAfterValue = text === "]" || (text === ")" && closed !== "condition");
    return { kind: "punctuator", text, depth };
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#source)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }
}

// Loops are unrolled where a text can be long: an alternative for each character would use the stack for each.
const spacePattern = /(?:\s+|\/\/.*|\/\*[^*]*(?:\*(?!\/)[^*]*)*\*\/)+/y;
const wordPattern =
  /(?:[\p{ID_Start}$_#]|\\u\{[\da-f]+\}|\\u[\da-f]{4})(?:[\p{ID_Continue}$\u200c\u200d]+|\\u\{[\da-f]+\}|\\u[\da-f]{4})*/iuy;
const numberPattern = /(?:\d|\.\d)[\w.]*/y;
const stringPattern = /"[^"\\]*(?:\\[^][^"\\]*)*"|'[^'\\]*(?:\\[^][^'\\]*)*'/y;
const templatePattern = /[`}][^`\\$]*(?:(?:\\[^]|\$(?!\{))[^`\\$]*)*(?:`|\$\{)/y;
const regexpPattern = /\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y;
const punctuatorPattern = /\.\.\.|=>|\+\+|--|[^]/uy;
const anythingPattern = /[^]+/y;

const opening = new Set(["(", "[", "{"]);
const closing = new Set([")", "]", "}"]);
const wordsBeforeConditions = new Set(["if", "while", "for", "with"]);
const wordsBeforeExpressions = new Set(
  "return typeof instanceof in of new delete void throw case do else yield await extends".split(" "),
);

function unescape(word: string): string {
  return word.replace(/\\u(?:\{([\da-f]+)\}|([\da-f]{4}))/gi, (_, braced: string | undefined, four: string | undefined) =>
    String.fromCodePoint(Number.parseInt(braced ?? four ?? "", 16)),
  );
}
