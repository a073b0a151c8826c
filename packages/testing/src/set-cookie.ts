/** A `Set-Cookie` line as the server wrote it: attributes that it did not write are absent, and the value is not decoded. */
export interface ReceivedCookie {
  readonly name: string;
  readonly value: string;
  readonly maxAge?: number;
  readonly expires?: Date;
  readonly path?: string;
  readonly domain?: string;
  readonly secure: boolean;
  readonly httpOnly: boolean;
  readonly sameSite?: string;
  readonly partitioned: boolean;
  readonly priority?: string;
}

/**
 * Parses one `Set-Cookie` header line.
 *
 * Shape:  `"theme=dark; Path=/; Max-Age=3600; SameSite=Lax"` gives `{ name: "theme", value: "dark", path: "/", maxAge: 3600,
 *         sameSite: "lax", secure: false, httpOnly: false, partitioned: false }`. `sameSite` and `priority` in lower case.
 * Units:  `maxAge` in seconds.
 * Source: RFC 6265 §5.2; of an attribute given twice the last one counts.
 */
export function parseSetCookie(line: string): ReceivedCookie {
  const [pair = "", ...attributes] = line.split(";");
  const [name, value] = splitPair(pair);
  const given = new Map(attributes.map((attribute) => splitPair(attribute)).map(([key, text]) => [key.toLowerCase(), text]));
  return {
    name,
    value,
    ...toOptional("maxAge", toNumber(given.get("max-age"))),
    ...toOptional("expires", toDate(given.get("expires"))),
    ...toOptional("path", given.get("path")),
    ...toOptional("domain", given.get("domain")),
    secure: given.has("secure"),
    httpOnly: given.has("httponly"),
    ...toOptional("sameSite", given.get("samesite")?.toLowerCase()),
    partitioned: given.has("partitioned"),
    ...toOptional("priority", given.get("priority")?.toLowerCase()),
  };
}

function splitPair(text: string): [name: string, value: string] {
  const equals = text.indexOf("=");
  if (equals === -1) return [text.trim(), ""];
  return [text.slice(0, equals).trim(), text.slice(equals + 1).trim()];
}

/** A record with the key only where there is a value: an absent attribute is absent, not `undefined`. */
export function toOptional<Key extends string, Value>(key: Key, value: Value | undefined): { [key in Key]?: Value } {
  // A computed key widens to an index signature, hence the cast.
  return value === undefined ? {} : ({ [key]: value } as { [key in Key]?: Value });
}

function toNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^-?\d+$/.test(text) ? Number(text) : undefined;
}

function toDate(text: string | undefined): Date | undefined {
  const date = new Date(text ?? "");
  return Number.isNaN(date.getTime()) ? undefined : date;
}
