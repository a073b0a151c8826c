import { HTTPException } from "../http-exception.ts";
import { MalformedMultipart } from "./malformed.ts";

/** The values of a part's header lines by lower-case name, byte by byte as Latin-1. */
export type PartLines = ReadonlyMap<string, readonly string[]>;

/** More than any client sends: name, filename and type. */
export const maxPartHead = { lines: 32, bytes: 8 * 1024 };

/**
 * Parses the lines before the content of a part, given as Latin-1.
 *
 * Shape:  `Content-Type: text/plain` gives `content-type → ["text/plain"]`. A line that begins with a space goes on with the one before it.
 * Source: RFC 2046 §5.1, RFC 5322 §2.2; names and values as narrow as in RFC 9110 §5.1, §5.5.
 * Errors: MalformedMultipart for a line that is none, wherever it stands (MP-04); HTTPException 400 for too many.
 */
export function parsePartLines(head: string): PartLines {
  const lines = new Map<string, string[]>();
  if (head === "") return lines;
  let values: string[] | undefined;
  let count = 0;
  for (const line of head.split("\r\n")) {
    if (NO_TEXT.test(line)) throw malformedLine();
    if (line[0] === " " || line[0] === "\t") {
      if (values === undefined) throw malformedLine();
      values.push(`${values.pop()}${line}`);
      continue;
    }
    if (++count > maxPartHead.lines) throw new HTTPException(400, `A part has more than ${maxPartHead.lines} headers`);
    const colon = line.indexOf(":");
    const name = line.slice(0, Math.max(colon, 0)).toLowerCase();
    if (!TOKEN.test(name)) throw malformedLine();
    values = lines.get(name) ?? [];
    lines.set(name, values);
    values.push(line.slice(colon + 1).trim());
  }
  return lines;
}

/** For a head of more bytes than are read. */
export function tooLongHead(): HTTPException {
  return new HTTPException(400, `The headers of a part are longer than ${maxPartHead.bytes} bytes`);
}

// eslint-disable-next-line no-control-regex -- they are what is looked for
const NO_TEXT = /[\r\n\0]/;
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9a-z]+$/;

function malformedLine(): MalformedMultipart {
  return new MalformedMultipart("a line in the head of a part is no header");
}
