/** A part of a session's data that would be read back as something else: where it is, what becomes of it, and what to store instead. */
export interface LostPart {
  readonly path: string;
  readonly problem: string;
  readonly mend: string;
}

type Loss = Omit<LostPart, "path">;

/**
 * Finds the first part of some data that JSON would give back as something else without a word. What JSON refuses is found by who writes
 * it, as a cycle is.
 *
 * Shape: `{ cart: [new URL(…)] }` gives the path `$.cart[0]`. `back` is what the data comes back as, where that is known: a Date is not
 *        lost where its schema makes a Date of the text again.
 */
export function findLostPart(value: unknown, back: unknown): LostPart | undefined {
  const lost = find(value, back);
  return lost && { ...lost, path: `$${lost.path}` };
}

function find(value: unknown, back: unknown): LostPart | undefined {
  const loss = lossOf(value, back);
  if (loss !== undefined) return { path: "", ...loss };
  if (typeof value !== "object" || value === null) return undefined;
  return Array.isArray(value) ? findInList(value, back) : findInObject(value as Members, back);
}

type Members = Readonly<Record<string, unknown>>;

function findInList(list: readonly unknown[], back: unknown): LostPart | undefined {
  for (let index = 0; index < list.length; index++) {
    const lost = list[index] === undefined ? undefinedInList : find(list[index], memberOf(back, index));
    if (lost !== undefined) return { ...lost, path: `[${index}]${lost.path}` };
  }
  return undefined;
}

function findInObject(object: Members, back: unknown): LostPart | undefined {
  for (const key of Object.keys(object)) {
    const lost = find(object[key], memberOf(back, key));
    if (lost !== undefined) return { ...lost, path: step(key) + lost.path };
  }
  return undefined;
}

/** What becomes of a value itself, whatever it holds. */
function lossOf(value: unknown, back: unknown): Loss | undefined {
  if (typeof value === "function" || typeof value === "symbol" || typeof value === "bigint") return notJson(value);
  if (typeof value !== "object" || value === null) return undefined;
  if (value instanceof Date && back instanceof Date) return undefined;
  if ("toJSON" in value && typeof value.toJSON === "function") return becomes(value, "what its toJSON gives");
  if (isOfClass(value)) return becomes(value, Array.isArray(value) ? "a plain list" : "a plain object");
  const [symbol] = Object.getOwnPropertySymbols(value);
  if (symbol === undefined) return undefined;
  return { problem: `has the key ${String(symbol)}, which would be left out`, mend: "a text as its key" };
}

/** One whose prototype has a prototype; that of plain objects has none, in whatever realm they were made. A list's is one further on. */
function isOfClass(value: object): boolean {
  const prototype = prototypeOf(value);
  const end = Array.isArray(value) && prototype !== null ? prototypeOf(prototype) : prototype;
  return end !== null && prototypeOf(end) !== null;
}

function prototypeOf(value: object): object | null {
  return Object.getPrototypeOf(value) as object | null;
}

function becomes(value: object, what: string): Loss {
  const name = nameOf(value);
  const mend =
    value instanceof Date ? "a z.codec(…), or its toISOString()" : "a z.codec(…), or a plain object of what is wanted of it";
  return { problem: `is ${/^[AEIO]/.test(name) ? "an" : "a"} ${name}, which would come back as ${what}`, mend };
}

function nameOf({ constructor }: object): string {
  return typeof constructor === "function" && constructor.name !== "" ? constructor.name : "Object"; // it may be data, too
}

function notJson(value: unknown): Loss {
  return { problem: `is a ${typeof value}, which JSON does not have`, mend: "store what it gives, as a text or a number" };
}

const undefinedInList: LostPart = {
  path: "",
  problem: "is undefined in a list, which would come back as null",
  mend: "leave it out, or null",
};

function memberOf(back: unknown, key: string | number): unknown {
  return typeof back === "object" && back !== null ? (back as Members)[key] : undefined;
}

function step(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}
