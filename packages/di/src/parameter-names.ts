import { Tokens, type Token } from "./tokens.ts";

/**
 * The names of a function's parameters, in order, read from its source text; for a class those of its constructor.
 *
 * Shape:  `(a, { b }, ...c) => …` gives `["a", undefined, "c"]`: a destructured parameter has no name.
 * Cost:   one pass over the head of the function; over a class up to its constructor. Meant for load time, and done once for each function: each
 *         decorated parameter asks, and boot once more.
 * Errors: none; undefined where there is no source to read (a native or bound function, a proxy), and for a class without a
 *         constructor of its own, or with one that only hands on what it gets: `constructor(...all) { super(...all); }`.
 */
export function parameterNames(fn: (...parameters: never[]) => unknown): readonly (string | undefined)[] | undefined {
  if (!known.has(fn)) known.set(fn, readNames(Function.prototype.toString.call(fn)));
  return known.get(fn);
}

const known = new WeakMap<object, readonly (string | undefined)[] | undefined>();

function readNames(source: string): readonly (string | undefined)[] | undefined {
  if (source.includes("[native code]") && /\{\s*\[native code\]\s*\}$/.test(source)) return undefined;
  if (isClass(source)) return mayHaveConstructor.test(source) ? namesOfConstructor(new Tokens(source)) : undefined;
  const usual = usualHead.exec(source);
  if (usual === null) return namesOfFunction(new Tokens(source));
  return usual[1]?.split(",").map((name) => name.trim()) ?? [];
}

// Escaped, `\u0063onstructor` is one, too.
const mayHaveConstructor = /constructor|\\u/;

// A plain name, and parameters that are nothing but names: nine functions of ten. Reading their tokens would cost twenty times as much.
const usualHead = /^(?:async\s+)?(?:function\b)?[\s*]*[\w$]*\s*\(\s*([A-Za-z_$][\w$]*(?:\s*,\s*[A-Za-z_$][\w$]*)*)?\s*\)/;

/** Whether the source of a function is that of a class, which cannot be called. */
export function isClassSource(fn: (...parameters: never[]) => unknown): boolean {
  return isClass(Function.prototype.toString.call(fn));
}

// A method may be named `class`, too: `class(a) {}`.
function isClass(source: string): boolean {
  if (!source.startsWith("class")) return false;
  if (/^class(?:\s+[\w$]|\s*\{)/.test(source)) return true; // the usual ones, without a tokenizer
  const tokens = new Tokens(source);
  return tokens.next()?.text === "class" && tokens.next()?.text !== "(";
}

function namesOfFunction(tokens: Tokens): readonly (string | undefined)[] | undefined {
  let last = "";
  for (let token = tokens.next(); token; token = tokens.next()) {
    // Deeper parentheses may come first, in a computed name: `["a" + f(b)](parameters)`.
    if (token.depth === 0 && isPunctuator(token, "(")) return readParameters(tokens).names;
    if (token.depth === 0 && isPunctuator(token, "=>")) return [last];
    last = token.text;
  }
  return undefined;
}

function namesOfConstructor(tokens: Tokens): readonly (string | undefined)[] | undefined {
  enterBody(tokens);
  let isMemberStart = true;
  for (let token = tokens.next(); token; token = tokens.next()) {
    if (isMemberStart && token.depth === 1 && constructorNames.has(token.text)) {
      if (isPunctuator(tokens.next(), "(")) return readConstructor(tokens);
      continue;
    }
    // Two values side by side are two members: the first is a field whose semicolon is left out.
    isMemberStart = isPunctuator(token, ";") || isPunctuator(token, "}") || (tokens.isAfterValue && !modifiers.has(token.text));
  }
  return undefined;
}

const constructorNames = new Set(["constructor", '"constructor"', "'constructor'"]);
const modifiers = new Set(["static", "get", "set", "async"]);

/** Reads up to the brace that opens the class's own body: classes and functions in its `extends` have theirs. */
function enterBody(tokens: Tokens): void {
  let heads = 0;
  let previous = "";
  for (let token = tokens.next(); token; token = tokens.next()) {
    if (token.depth === 0) {
      if ((token.text === "class" || token.text === "function") && previous !== ".") heads += 1;
      if (isPunctuator(token, "{") && previous !== "extends") heads -= 1;
      if (heads === 0) return;
    }
    previous = token.text;
  }
}

function readConstructor(tokens: Tokens): readonly (string | undefined)[] | undefined {
  const { names, rest } = readParameters(tokens);
  const handedOn = names.length === 0 ? "arguments" : names.length === 1 ? rest : undefined;
  if (handedOn === undefined) return names;
  const isHandedOn = ["{", "super", "(", "...", handedOn, ")"].every((text) => tokens.next()?.text === text);
  return isHandedOn ? undefined : names;
}

/** Reads parameters up to the parenthesis that closes them; `rest` is the name of the last one, where it takes the rest. */
function readParameters(tokens: Tokens): { names: readonly (string | undefined)[]; rest: string | undefined } {
  const names: (string | undefined)[] = [];
  let isStart = true;
  let isRest = false;
  let depth: number | undefined;
  for (let token = tokens.next(); token; token = tokens.next()) {
    depth ??= isPunctuator(token, ")") ? token.depth + 1 : token.depth;
    if (token.depth < depth) break;
    if (token.depth === depth && isPunctuator(token, ",")) isStart = true;
    else if (isStart && isPunctuator(token, "...")) isRest = true;
    else if (isStart) {
      names.push(token.kind === "word" ? token.text : undefined);
      isStart = false;
    }
  }
  return { names, rest: isRest ? names.at(-1) : undefined };
}

function isPunctuator(token: Token | undefined, text: string): boolean {
  return token?.kind === "punctuator" && token.text === text;
}
