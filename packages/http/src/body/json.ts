import { HTTPException } from "../http-exception.ts";
import { diagnoseJSON, JSONSyntaxError } from "./json-syntax.ts";

/**
 * Parses the JSON of a client.
 *
 * Shape:  `{"a":1,"a":2}` gives `{ a: 2 }`: of two equal keys the last counts (RFC 8259 §4). `1e400` gives Infinity, which no
 *         number schema accepts.
 * Cost:   linear: `JSON.parse`, and a walk over the arrays and objects that takes a fifteenth of its time.
 * Errors: JSONSyntaxError (422) with the position. HTTPException 400 for more than `maxDepth` levels, which validators that
 *         recurse cannot bear (JB-02), and for a key that reaches a prototype when objects are merged (JB-01).
 */
export function parseJSON(text: string, maxDepth: number): unknown {
  const value = parse(text); // safe for any depth: V8 parses without recursion
  const mayBeDeep = text.length > maxDepth * 2; // every level takes two brackets
  if (mayBeDeep && isDeeperThan(value, maxDepth)) {
    throw new HTTPException(400, `The JSON is nested deeper than ${maxDepth} levels`);
  }
  if (mayNamePrototype(text)) refusePrototypeKeys(value);
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

/** Recursion is safe: it goes no deeper than the limit. */
function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (levels === 0) return true;
  if (Array.isArray(value)) return value.some((member) => isDeeperThan(member, levels - 1));
  // `for in` is the fastest walk, and plain JSON inherits nothing that it could meet.
  for (const key in value) if (isDeeperThan((value as Record<string, unknown>)[key], levels - 1)) return true;
  return false;
}

/** Almost no text does, so almost no value is walked. The escapes `\u005f` and `\u0063` could spell the keys too. */
function mayNamePrototype(text: string): boolean {
  return text.includes("__proto__") || text.includes('"constructor"') || text.includes("\\u00");
}

/** Recursion is safe here too: the depth is known. `{"constructor": "Ferrari"}` is innocent. */
function refusePrototypeKeys(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    const isPath = key === "constructor" && typeof member === "object" && member !== null && Object.hasOwn(member, "prototype");
    if (key === "__proto__" || isPath) throw new HTTPException(400, `The JSON has a forbidden key: ${key}`);
    refusePrototypeKeys(member);
  }
}
