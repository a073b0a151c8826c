/** A header that cannot be sent as it is. Always a programmer's mistake, thrown at the call that set it. */
export class HeaderError extends TypeError {
  override readonly name = "HeaderError";
  /** The header's name as it was given. */
  readonly header: string;

  constructor(header: string, problem: string, mend: string) {
    super(`Header ${JSON.stringify(header)}: ${problem}. mend: ${mend}`);
    this.header = header;
  }
}

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

// Everything but the visible characters, tab and obs-text: with CR and LF a value could end the header and begin another
// (response splitting, CWE-113); what is above U+00FF has no byte in a header at all.
const FORBIDDEN_IN_VALUE = /[^\t\x20-\x7e\x80-\xff]/;

// What is one byte in a header and in a text alike.
const BEYOND_ASCII = /[^\t\x20-\x7e]/;

/** Headers that another part of the framework writes, and where a second writer would break the message. */
const RESERVED = new Map([
  ["set-cookie", "response.setCookie(name, value), or response.cookies.addLine(line) for a line that is finished already"],
  ["transfer-encoding", "leave it out: how a body is framed follows from the body"],
  ["trailer", "leave it out: no trailers are sent"], // node refuses it at the last moment, with an error page that has it, too
]);

/**
 * Gives the name in lower case, as it is stored and sent.
 *
 * Source: RFC 9110 §5.1 (a field name is a token, and case does not matter).
 * Errors: HeaderError.
 */
export function checkHeaderName(name: string): string {
  const known = checked.get(name);
  if (known !== undefined) return known;
  const lower = lowerCaseToken(name);
  if (checked.size < 500) checked.set(name, lower);
  return lower;
}

/** Names that were checked before, as they were written: a program has a few dozen of them, and looking one up costs a quarter. */
const checked = new Map<string, string>();

function lowerCaseToken(name: string): string {
  if (typeof name !== "string" || !TOKEN.test(name)) {
    throw new HeaderError(String(name), "the name is not a token (RFC 9110 §5.1)", "letters, digits and -");
  }
  const lower = name.toLowerCase();
  const mend = RESERVED.get(lower);
  if (mend !== undefined) throw new HeaderError(name, "it is not set by hand", mend);
  return lower;
}

/** Whether nothing is to be said about a value, as of nearly all. What is not plain has obs-text, or is refused. */
export function isPlainValue(value: string): boolean {
  return typeof value === "string" && !BEYOND_ASCII.test(value);
}

/**
 * Gives the value back.
 *
 * Source: RFC 9110 §5.5 (what a field value may hold).
 * Errors: HeaderError, which tells the character and its place but not the value: it may be a secret.
 */
export function checkHeaderValue(name: string, value: string): string {
  if (typeof value !== "string") {
    throw new HeaderError(name, `the value is of type ${typeof value}, not a string`, "String(value)");
  }
  const index = value.search(FORBIDDEN_IN_VALUE);
  if (index === -1) return value;
  const code = value.charCodeAt(index).toString(16).toUpperCase().padStart(4, "0");
  throw new HeaderError(
    name,
    `the value has U+${code} at index ${index} (RFC 9110 §5.5)`,
    "encodeURIComponent(value), or remove it",
  );
}
