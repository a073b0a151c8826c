/** A part of a value that does not arrive as JSON: where it is, what it is, and what to write instead. */
export interface JsonLoss {
  path: string;
  problem: string;
  mend: string;
}

/**
 * Finds the first part of a value that JSON refuses, or writes as `{}` or `null` in silence.
 *
 * Shape:  `{ items: [{ owner: Promise.resolve(1) }] }` gives the path `$.items[0].owner`. A property that is `undefined` or a
 *         function is left out of JSON, and meant to be: methods are not data.
 * Cost:   one walk over all of the value; the path is only made once something is found.
 * Errors: RangeError where the value is nested deeper than the stack, and what a getter of the value throws.
 */
export function findJsonLoss(value: unknown): JsonLoss | undefined {
  const loss = lossIn(value, []);
  if (loss !== undefined) loss.path = `$${loss.path}`;
  return loss;
}

function lossIn(value: unknown, ancestors: object[]): JsonLoss | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? undefined : notFinite(value);
  if (typeof value === "bigint")
    return hasToJson(value) ? undefined : { path: "", problem: "is a bigint", mend: "String(value)" };
  if (typeof value !== "object" || value === null) return undefined;
  if (ancestors.includes(value)) return { path: "", problem: "contains itself", mend: "leave the way back out, or send its id" };
  if (isThenable(value)) return forgottenAwait(value);
  ancestors.push(value);
  const loss = lossInParts(value, ancestors);
  ancestors.pop();
  return loss;
}

function lossInParts(value: object, ancestors: object[]): JsonLoss | undefined {
  if (hasToJson(value)) return lossInOwnJson(value, ancestors);
  if (ArrayBuffer.isView(value)) return bytesLoss(value);
  return Array.isArray(value) ? lossInArray(value, ancestors) : lossInObject(value, ancestors);
}

function lossInArray(array: readonly unknown[], ancestors: object[]): JsonLoss | undefined {
  for (let index = 0; index < array.length; index++) {
    const item = array[index];
    const loss = typeof item === "function" || typeof item === "symbol" ? inList(item) : lossIn(item, ancestors);
    if (loss !== undefined) return { ...loss, path: `[${index}]${loss.path}` };
  }
  return undefined;
}

function lossInObject(object: object, ancestors: object[]): JsonLoss | undefined {
  const keys = Object.keys(object);
  if (keys.length === 0) return emptyLoss(object);
  for (const key of keys) {
    const loss = lossIn((object as Record<string, unknown>)[key], ancestors); // one of its own keys
    if (loss !== undefined) return { ...loss, path: step(key) + loss.path };
  }
  return undefined;
}

// A value with toJSON says itself what it is, and is believed; only an invalid Date turns into null without a word.
function lossInOwnJson(value: { toJSON(key: string): unknown }, ancestors: object[]): JsonLoss | undefined {
  if (value instanceof Date) {
    return Number.isNaN(value.getTime())
      ? { path: "", problem: "is an invalid Date", mend: "check the date where it is made, or send null" }
      : undefined;
  }
  try {
    const json = value.toJSON("");
    return json === value ? undefined : lossIn(json, ancestors);
  } catch {
    return { path: "", problem: "has a toJSON that throws", mend: "see the cause of this error" };
  }
}

// No fields of its own but a name of its own: what it holds is not in fields, so `{}` would lose it.
function emptyLoss(object: object): JsonLoss | undefined {
  const tag = tagOf(object);
  if (CARRIED.has(tag)) return undefined;
  const mend =
    MENDS.get(tag) ?? (ITERATOR.test(tag) ? "[...values]" : "send its fields as a plain object, or give its class a toJSON()");
  return { path: "", problem: `is ${withArticle(tag)}, which would arrive as {}`, mend };
}

function bytesLoss(bytes: ArrayBufferView): JsonLoss {
  const problem = `is ${withArticle(tagOf(bytes))}, which would arrive as an object with a key for each number`;
  return { path: "", problem, mend: 'Buffer.from(bytes).toString("base64"), or [...numbers]' };
}

function withArticle(tag: string): string {
  return `${/^[AEIO]/.test(tag) ? "an" : "a"} ${tag}`; // of a URL and a Uint8Array the U is no vowel
}

const CARRIED = new Set(["Object", "Array", "String", "Number", "Boolean", "Arguments"]);
const BYTES = "new StreamingResponse(…) for bytes alone, or their base64 text";
const MENDS = new Map([
  ["Map", "Object.fromEntries(map), or [...map]"],
  ["Set", "[...set]"],
  ["Error", "send its message, if the client may see it"],
  ["RegExp", "String(value)"],
  ["Headers", "Object.fromEntries(headers)"],
  ["URLSearchParams", "String(value), or Object.fromEntries(value)"],
  ["FormData", "Object.fromEntries(form)"],
  ["AsyncGenerator", "return it itself: an async * handler is streamed"],
  ["ArrayBuffer", BYTES],
  ["Blob", BYTES],
  ["File", BYTES],
]);
const ITERATOR = /^Generator$| Iterator$/;

// A promise that is told of here is not told of again when it is rejected (ST-05): nobody will ever await it.
// A query builder that is awaited to run has fields, and would arrive as its own machinery.
function forgottenAwait(thenable: object): JsonLoss {
  const tag = tagOf(thenable);
  if (thenable instanceof Promise) thenable.catch(() => {});
  return {
    path: "",
    problem: `is ${tag === "Object" ? "a promise" : withArticle(tag)}, which has no value yet`,
    mend: "await it first",
  };
}

function notFinite(value: number): JsonLoss {
  return { path: "", problem: `is ${value}, which JSON does not have (RFC 8259 §6)`, mend: "null, or a string" };
}

function inList(item: unknown): JsonLoss {
  return { path: "", problem: `is a ${typeof item} in a list, which would arrive as null`, mend: "leave it out" };
}

function isThenable(value: object): boolean {
  return typeof (value as { then?: unknown }).then === "function";
}

function tagOf(value: object): string {
  return Object.prototype.toString.call(value).slice("[object ".length, -1);
}

function hasToJson(value: object | bigint): value is { toJSON(key: string): unknown } {
  return typeof (value as { toJSON?: unknown }).toJSON === "function";
}

function step(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}
