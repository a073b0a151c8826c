import { Fields, parseUrlencoded } from "./fields.ts";

/**
 * The parameters of a query.
 *
 * Shape:  `new QueryParameters("q=tea&limit=10")` has `get("limit") → "10"`.
 * Cost:   a short query without escapes, as most are, is never parsed: each `get` searches it, which takes a third of the time
 *         for two of two parameters.
 * Errors: HTTPException 400 for more than `maxFields` parameters (QS-05).
 */
export class QueryParameters extends Fields {
  readonly #search: string;
  readonly #maxFields: number;
  readonly #isSimple: boolean;

  constructor(search: string, maxFields = 1000) {
    super();
    this.#search = search;
    this.#maxFields = maxFields;
    this.#isSimple =
      search.length <= longestSimple && search.length < maxFields && !search.includes("%") && !search.includes("+");
    if (search.length >= maxFields) this.values(); // it may have too many, and says so at once
  }

  override get(name: string): string | undefined {
    return this.#isSimple ? findLast(this.#search, name) : super.get(name);
  }

  protected override parse(): Map<string, string[]> {
    return parseUrlencoded(this.#search, this.#maxFields);
  }
}

// A longer one is better parsed once than searched for every parameter that a route has.
const longestSimple = 500;

/** The last value of a name in a query without escapes. Agrees with `parseUrlencoded` for every one. */
function findLast(search: string, name: string): string | undefined {
  let value: string | undefined;
  for (let start = 0; start < search.length;) {
    const ampersand = search.indexOf("&", start);
    const end = ampersand === -1 ? search.length : ampersand;
    if (end > start && search.startsWith(name, start)) {
      const equals = search.indexOf("=", start);
      const nameEnd = equals === -1 || equals > end ? end : equals;
      if (nameEnd === start + name.length) value = search.slice(nameEnd + 1, end);
    }
    start = end + 1;
  }
  return value;
}
