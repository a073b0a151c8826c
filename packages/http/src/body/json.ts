import { HTTPException } from "../http-exception.ts";
import { diagnoseJSON, JSONSyntaxError } from "./json-syntax.ts";

/**
 * Parses the JSON of a client.
 *
 * Shape:  `{"a":1,"a":2}` gives `{ a: 2 }`: of two equal keys the last counts (RFC 8259 §4). `1e400` gives Infinity, which no
 *         number schema accepts, and nothing else where it is checked for a handler.
 * Cost:   linear: `JSON.parse`, and a walk over the arrays and objects that adds a seventh to its time.
 * Errors: JSONSyntaxError (422) with the position. HTTPException 400 for more than `maxDepth` levels, which validators that
 *         recurse cannot bear (JB-02), for a key that reaches a prototype when objects are merged (JB-01), and for half of a
 *         surrogate pair, which UTF-8 cannot say: whoever stores it gets U+FFFD (JB-06).
 */
export function parseJSON(text: string, maxDepth: number): unknown {
  const value = parse(text); // safe for any depth: V8 parses without recursion
  if (isNested(value)) {
    const fault = faultIn(value, maxDepth);
    if (fault === TOO_DEEP) throw new HTTPException(400, `The JSON is nested deeper than ${maxDepth} levels`);
    if (fault !== undefined) throw new HTTPException(400, `The JSON has a forbidden key: ${fault}`);
  }
  if (text.includes("\\u") && hasHalfPair(value)) throw new HTTPException(400, "The JSON has half of a surrogate pair");
  return value;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    diagnoseJSON(text);
    throw new JSONSyntaxError("Expecting value", 0);
  }
}

const TOO_DEEP = Symbol("too deep");

/**
 * The first thing that a value may not have: more levels, or a key that leads to a prototype. `{"constructor": "Ferrari"}` is innocent.
 *
 * Recursion is safe: it goes no deeper than the limit. Asking `isNested` first saves a call for most members.
 */
function faultIn(value: object, levels: number): string | typeof TOO_DEEP | undefined {
  if (levels === 0) return TOO_DEEP;
  if (Array.isArray(value)) {
    for (const member of value) {
      const fault = isNested(member) ? faultIn(member, levels - 1) : undefined;
      if (fault !== undefined) return fault;
    }
    return undefined;
  }
  for (const key in value) {
    const member = (value as Record<string, unknown>)[key]; // plain JSON: it inherits no keys
    if (key === "__proto__") return key;
    if (!isNested(member)) continue;
    if (key === "constructor" && Object.hasOwn(member, "prototype")) return key;
    const fault = faultIn(member, levels - 1);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function isNested(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** Recursion is safe here too: the depth is known. The bytes were UTF-8, so only an escape can have made half of a pair. */
function hasHalfPair(value: unknown): boolean {
  if (typeof value === "string") return HALF_PAIR.test(value);
  if (!isNested(value)) return false;
  return Object.entries(value).some(([key, member]) => HALF_PAIR.test(key) || hasHalfPair(member));
}

// With this flag a whole pair is one character, of another category.
const HALF_PAIR = /\p{Surrogate}/u;
