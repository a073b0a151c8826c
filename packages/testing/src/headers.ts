import { toList } from "./fields.ts";

/** Header names with their values: a list is sent as several lines, `undefined` removes a default of the client. */
export type RequestHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Header lines by lower-case name, as they will be sent. */
export type HeaderLines = Map<string, readonly string[]>;

/** Joins header records; of two with one name, in any case, the later one counts. */
export function mergeHeaders(...records: readonly (RequestHeaders | undefined)[]): HeaderLines {
  const lines: HeaderLines = new Map();
  for (const record of records) {
    for (const [name, value] of Object.entries(record ?? {})) lines.set(name.toLowerCase(), toList(value));
  }
  return lines;
}

/** Shape: `[name, value, name, value, …]`, which keeps repeated lines apart. */
export function toFlatList(lines: HeaderLines): string[] {
  return [...lines].flatMap(([name, values]) => values.flatMap((value) => [name, value]));
}
