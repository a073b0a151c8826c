/**
 * The names of a function's parameters, in order, read from its source text; for a class those of its constructor.
 *
 * Shape:  `(a, { b }, ...c) => …` gives `["a", undefined, "c"]`: a destructured parameter has no name.
 * Cost:   one pass over the head of the function; over a class up to its constructor. Meant for load time.
 * Errors: none; undefined where there is no source to read (a native function) or no constructor of its own (a class).
 */
export function parameterNames(fn: (...parameters: never[]) => unknown): readonly (string | undefined)[] | undefined {
  const source = Function.prototype.toString.call(fn);
  const tokens = tokenize(source);
  return /^class\b/.test(source) ? namesOfConstructor(tokens) : namesOfFunction(tokens);
}

interface Token {
  kind: "word" | "punctuator" | "literal";
  text: string;
}

type Tokens = Iterator<Token, void>;

function namesOfConstructor(tokens: Tokens): readonly (string | undefined)[] | undefined {
  let depth = 0;
  let previous = "";
  for (let token = tokens.next().value; token; token = tokens.next().value) {
    if (depth === 1 && token.text === "constructor" && !notAConstructorBehind.has(previous)) {
      const after = tokens.next().value;
      if (after?.text === "(") return namesUntilClose(tokens);
      previous = after?.text ?? "";
      depth += nesting(previous);
      continue;
    }
    if (token.kind === "punctuator") depth += nesting(token.text);
    previous = token.text;
  }
  return undefined;
}

// `static constructor()`, `get constructor()` and `this.constructor(…)` in a field's initialiser are something else.
const notAConstructorBehind = new Set([".", "?.", "static", "get", "set", "async", "*", "="]);

function namesOfFunction(tokens: Tokens): readonly (string | undefined)[] | undefined {
  let depth = 0; // of a computed name: ["a" + f(b)](parameters)
  let last = "";
  for (let token = tokens.next().value; token; token = tokens.next().value) {
    if (depth === 0 && token.text === "(" && token.kind === "punctuator") return namesUntilClose(tokens);
    if (depth === 0 && token.text === "=>") return [last];
    if (token.kind === "punctuator") depth += nesting(token.text);
    last = token.text;
  }
  return undefined;
}

/** Reads parameters up to the parenthesis that closes them. */
function namesUntilClose(tokens: Tokens): readonly (string | undefined)[] {
  const names: (string | undefined)[] = [];
  let depth = 0;
  let isStart = true;
  for (let token = tokens.next().value; token; token = tokens.next().value) {
    if (depth === 0 && token.text === ")" && token.kind === "punctuator") break;
    if (depth === 0 && token.text === "," && token.kind === "punctuator") isStart = true;
    else if (isStart && token.text !== "...") {
      names.push(token.kind === "word" ? token.text : undefined);
      isStart = false;
    }
    if (token.kind === "punctuator") depth += nesting(token.text);
  }
  return names;
}

function nesting(punctuator: string): number {
  if (punctuator === "(" || punctuator === "[" || punctuator === "{") return 1;
  return punctuator === ")" || punctuator === "]" || punctuator === "}" ? -1 : 0;
}

const wordPattern = /[\p{ID_Start}$_#\\][\p{ID_Continue}$\u200c\u200d\\{}]*/uy;
const numberPattern = /(?:\d|\.\d)[\w.]*/y;
const spacePattern = /(?:\s|\/\/.*|\/\*[^]*?\*\/)+/y;
const stringPattern = /"(?:[^"\\]|\\[^])*"|'(?:[^'\\]|\\[^])*'/y;
const regexpPattern = /\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y;

/**
 * Splits JavaScript into tokens, as far as finding parameters needs it.
 *
 * A slash begins a regular expression where no value can end before it. After `)` and `}` it is read as a division, which is
 * wrong only for a statement that begins with a regular expression literal.
 */
function* tokenize(source: string): Generator<Token, void> {
  let at = 0;
  let previous: Token | undefined;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(source)?.[0];
    if (found !== undefined) at += found.length;
    return found;
  };
  while (at < source.length) {
    if (take(spacePattern) !== undefined) continue;
    previous = readToken(source, at, take, previous);
    if (previous.text === "`") at = endOfTemplate(source, at + 1);
    else if (previous.kind === "punctuator") at += previous.text.length;
    yield previous;
  }
}

function readToken(source: string, at: number, take: (pattern: RegExp) => string | undefined, previous: Token | undefined): Token {
  const first = source.charAt(at);
  if (first === "`") return { kind: "literal", text: "`" };
  const word = take(wordPattern);
  if (word !== undefined) return { kind: "word", text: word };
  const literal = take(numberPattern) ?? take(stringPattern) ?? (first === "/" && !endsValue(previous) ? take(regexpPattern) : undefined);
  if (literal !== undefined) return { kind: "literal", text: literal };
  for (const long of ["...", "=>"]) if (source.startsWith(long, at)) return { kind: "punctuator", text: long };
  return { kind: "punctuator", text: first };
}

const wordsBeforeExpressions = new Set(["return", "typeof", "instanceof", "in", "of", "new", "delete", "void", "throw", "case", "do", "else", "yield", "await"]);

function endsValue(token: Token | undefined): boolean {
  if (token === undefined) return false;
  if (token.kind === "word") return !wordsBeforeExpressions.has(token.text);
  return token.kind === "literal" || token.text === ")" || token.text === "]" || token.text === "}";
}

/** The index behind the template literal whose text begins at `at`; substitutions may hold templates again. */
function endOfTemplate(source: string, at: number): number {
  while (at < source.length) {
    const character = source.charAt(at);
    if (character === "`") return at + 1;
    if (character === "\\") at += 2;
    else if (character === "$" && source.charAt(at + 1) === "{") at = endOfSubstitution(source, at + 2);
    else at += 1;
  }
  return at;
}

function endOfSubstitution(source: string, start: number): number {
  let depth = 1;
  let at = start;
  while (at < source.length && depth > 0) {
    spacePattern.lastIndex = at;
    stringPattern.lastIndex = at;
    const skipped = spacePattern.exec(source)?.[0] ?? stringPattern.exec(source)?.[0];
    if (skipped !== undefined) {
      at += skipped.length;
      continue;
    }
    const character = source.charAt(at);
    if (character === "`") {
      at = endOfTemplate(source, at + 1);
      continue;
    }
    if (character === "{") depth += 1;
    else if (character === "}") depth -= 1;
    at += 1;
  }
  return at;
}
