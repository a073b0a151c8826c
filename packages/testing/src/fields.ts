/**
 * Names with text values, for a query or a form. A list repeats the name; `undefined` leaves it out.
 *
 * Shape: `{ page: 2, tag: ["a", "b"], sort: undefined }` becomes `page=2&tag=a&tag=b`.
 */
export type Fields = URLSearchParams | Readonly<Record<string, FieldValue | readonly FieldValue[] | undefined>>;

type FieldValue = string | number | bigint | boolean;

/** Encodes fields as `application/x-www-form-urlencoded`, which is also the syntax of a query. */
export function toUrlencoded(fields: Fields): string {
  if (fields instanceof URLSearchParams) return fields.toString();
  const pairs = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    for (const each of toList(value)) pairs.append(name, String(each));
  }
  return pairs.toString();
}

/** One value, several or none, as a list. */
export function toList<Value>(value: Value | readonly Value[] | undefined): readonly Value[] {
  if (value === undefined) return [];
  return isList(value) ? value : [value];
}

// Array.isArray does not narrow a readonly list away from the other member of the union.
function isList<Value>(value: Value | readonly Value[]): value is readonly Value[] {
  return Array.isArray(value);
}
