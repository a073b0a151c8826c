import { HTTPException } from "../http-exception.ts";
import { diagnoseJSON, JSONSyntaxError } from "./json-syntax.ts";

/**
 * Parses the JSON of a client.
 *
 * Shape:  `{"a":1,"a":2}` gives `{ a: 2 }`: of two equal keys the last counts (RFC 8259 §4). `1e400` gives Infinity, which no
 *         number schema accepts.
 * Cost:   linear: `JSON.parse`, and a walk over the arrays and objects that adds a seventh to its time.
 * Errors: JSONSyntaxError (422) with the position. HTTPException 400 for more than `maxDepth` levels, which validators that
 *         recurse cannot bear (JB-02), and for a key that reaches a prototype when objects are merged (JB-01).
 */
export function parseJSON(text: string, maxDepth: number): unknown {
  const value = parse(text); // safe for any depth: V8 parses without recursion
  const mayBeDeep = text.length > maxDepth * 2; // every level takes two brackets
  if (mayBeDeep && isNested(value) && isDeeperThan(value, maxDepth)) {
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

/** Recursion is safe: it goes no deeper than the limit. Asking `isNested` first saves a call for most members. */
function isDeeperThan(value: object, levels: number): boolean {
  if (levels === 0) return true;
  if (Array.isArray(value)) {
    for (const member of value) if (isNested(member) && isDeeperThan(member, levels - 1)) return true;
    return false;
  }
  for (const key in value) {
    const member = (value as Record<string, unknown>)[key]; // plain JSON: it inherits no keys
    if (isNested(member) && isDeeperThan(member, levels - 1)) return true;
  }
  return false;
}

function isNested(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/**
 * Almost no text does, so almost no value is walked: both `__proto__` and the `prototype` under a constructor have these letters, and the
 * escapes of all letters begin with `\u00`. A short search: V8 makes tables for a longer one, 0.2 µs.
 */
function mayNamePrototype(text: string): boolean {
  return text.includes("proto") || text.includes("\\u00");
}

/** Recursion is safe here too: the depth is known. `{"constructor": "Ferrari"}` is innocent. */
function refusePrototypeKeys(value: unknown): void {
  if (!isNested(value)) return;
  for (const [key, member] of Object.entries(value)) {
    const isPath = key === "constructor" && isNested(member) && Object.hasOwn(member, "prototype");
    if (key === "__proto__" || isPath) throw new HTTPException(400, `The JSON has a forbidden key: ${key}`);
    refusePrototypeKeys(member);
  }
}
