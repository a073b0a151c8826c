import type { Readable } from "node:stream";
import { setImmediate as turn } from "node:timers/promises";
import { HTTPException } from "../http-exception.ts";
import { JSONSyntaxError } from "./json-syntax.ts";
import { parseJSON } from "./json.ts";
import { decodeText } from "./text.ts";

/** How much of one line is read. */
export interface JSONLinesLimits {
  readonly maxLineBytes: number;
  readonly maxJsonDepth: number;
}

/**
 * Reads JSON lines as they come, one value at a time: the next line is taken off the connection when it is asked for.
 *
 * Shape:  `{"id":1}\n\n{"id":2}` gives `{ id: 1 }`, `{ id: 2 }`: an empty line is none, and the last needs no end. Only `\n` and
 *         `\r\n` end one; U+2028 and U+0085 are characters like any other (JB-17).
 * Cost:   linear, however the bytes arrive; memory for one line.
 * Source: jsonlines.org, github.com/ndjson/ndjson-spec; both are RFC 8259 by line.
 * Errors: those of the source; HTTPException 413 for a longer line; by line those of `decodeText` and `parseJSON`, where a
 *         JSONSyntaxError names the line: `loc` is `["body", 2, 9]` for the third.
 */
export async function* readJSONLines(source: Readable, limits: JSONLinesLimits): AsyncGenerator<unknown> {
  let number = 0;
  for await (const line of splitLines(source, limits.maxLineBytes)) {
    const text = decodeText(line);
    if (text.trim() !== "") yield parseLine(text, number, limits.maxJsonDepth);
    if (++number % linesPerTurn === 0) await turn();
  }
}

// A body of 1 MiB has half a million short lines, which are there at once: nobody else would be answered for a second (JB-14).
const linesPerTurn = 500;

function parseLine(text: string, number: number, maxDepth: number): unknown {
  try {
    return parseJSON(text, maxDepth);
  } catch (error) {
    if (error instanceof JSONSyntaxError) throw new JSONSyntaxError(error.problem, error.position, number);
    throw error;
  }
}

const LINE_FEED = 0x0a; // never a part of another character in UTF-8

async function* splitLines(source: Readable, maxLineBytes: number): AsyncGenerator<Buffer> {
  let held: Buffer[] = []; // what has come of a line: joined once, at its end
  let length = 0;
  for await (const chunk of source as AsyncIterable<Buffer>) {
    for (let start = 0; start < chunk.length;) {
      const feed = chunk.indexOf(LINE_FEED, start);
      const end = feed === -1 ? chunk.length : feed;
      length += end - start;
      if (length > maxLineBytes) throw new HTTPException(413, `A line is longer than ${maxLineBytes} bytes`);
      held.push(chunk.subarray(start, end));
      start = end + 1;
      if (feed === -1) continue;
      yield join(held);
      held = [];
      length = 0;
    }
  }
  if (length > 0) yield join(held);
}

function join(pieces: readonly Buffer[]): Buffer {
  return pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces);
}
