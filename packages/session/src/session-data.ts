import { invertible, JSONSerializationError, serializeJson } from "@madeleine/http";
import { encode, parse, safeParse, type $ZodType, type output } from "zod/v4/core";
import { findLostPart } from "./lost-part.ts";
import { mergeContent } from "./merge-content.ts";
import { copyPlain, isCopyable } from "./plain-data.ts";
import { toContent, type Flash, type NewContent, type ReadContent, type SessionContent } from "./session-content.ts";
import { unstorable } from "./storable.ts";

/** The data of a session cannot be stored: it does not fit its schema, JSON would lose a part of it, or it is too large. */
export class SessionDataError extends TypeError {
  override readonly name = "SessionDataError";
}

/** Writes the data of sessions as JSON text and reads it back, by a schema. */
export class SessionData<Schema extends $ZodType> {
  readonly #cookie: string;
  readonly #schema: Schema;
  readonly #maxBytes: number;
  readonly #emptyText: string;

  /** Errors: TypeError for a schema that refuses `{}`, that has a transform (a codec goes both ways), or a part that JSON does not give back. */
  constructor(cookie: string, schema: Schema, maxBytes: number) {
    this.#cookie = cookie;
    this.#schema = schema;
    this.#maxBytes = maxBytes;
    const problem = unstorable(schema) ?? invertible(schema);
    if (problem !== undefined) throw new TypeError(`defineSession "${cookie}": its data cannot be stored: ${problem}`);
    if (!safeParse(schema, {}).success) {
      throw new TypeError(
        `defineSession "${cookie}": a new session is empty, and its schema refuses {}. mend: .optional() or .default(…) for every key`,
      );
    }
    this.#emptyText = this.write(safeParse(schema, {}).data, []);
    this.check(this.#emptyText);
  }

  /**
   * What a new session holds: made each time, since a default may be another each time (an id, a date), and a copy, since it may be an
   * object that all share. With its text where it cannot be copied.
   */
  empty(): NewContent<output<Schema>> {
    const data = parse(this.#schema, {}); // the constructor has tried it
    if (isCopyable(data)) return { data: copyPlain(data) as output<Schema>, flashes: [] };
    const text = this.write(data, []);
    return { ...this.read(text)!, text }; // just written
  }

  /** What a text holds; undefined where it does not fit the schema, perhaps because an older version wrote it. */
  read(text: string): ReadContent<output<Schema>> | undefined {
    const { data, flashes } = toContent(text);
    const parsed = safeParse(this.#schema, data);
    return parsed.success ? { data: parsed.data, flashes: flashes as Flash[] } : undefined; // just parsed: nobody else has them
  }

  /** Errors: SessionDataError where the data does not fit its schema, or JSON cannot carry it. */
  write(data: unknown, flashes: readonly Flash[]): string {
    try {
      const content: SessionContent = { data: this.#encode(data), flashes };
      const text = serializeJson(content);
      this.#refuseLoss(content, text);
      return text;
    } catch (cause) {
      throw this.#error(cause instanceof JSONSerializationError ? cause.message : "it does not fit its schema", cause);
    }
  }

  /**
   * What was read as it would be written today, since the schema may have got a default; of nothing, or of what no longer fits, that of
   * a new session.
   */
  rewrite(text: string | undefined): string {
    const content = text === undefined ? undefined : this.read(text);
    return content === undefined ? this.#emptyText : this.write(content.data, content.flashes);
  }

  /**
   * The changes of one request with those that were stored meanwhile. Where the schema refuses both together, the last write counts.
   *
   * Errors: SessionDataError where both together are too large.
   */
  merge(read: string, own: string, stored: string): string {
    const merged = mergeContent(this.rewrite(read), own, stored);
    if (this.read(merged) === undefined) return own;
    this.#checkSize(merged);
    return merged;
  }

  /**
   * Refuses a text that is too large, or that would be read back as nothing: a Date under z.date() becomes a text, which that
   * schema refuses on the next request.
   *
   * Errors: SessionDataError.
   */
  check(text: string): void {
    this.#checkSize(text);
    if (this.read(text) === undefined)
      throw this.#error("JSON would give it back as something that its schema refuses. mend: z.codec(…) for dates and the like");
  }

  /** Only where there is a doubt the text is read to see: of a date that a schema coerces a Date comes back, of another one a text. */
  #refuseLoss(content: SessionContent, text: string): void {
    if (findLostPart(content, undefined) === undefined) return;
    const back = this.read(text);
    const loss = findLostPart(content, back && { data: this.#encode(back.data) });
    if (loss !== undefined) throw new JSONSerializationError(loss);
  }

  #encode(data: unknown): unknown {
    return encode(this.#schema, data as output<Schema>);
  }

  #checkSize(text: string): void {
    const bytes = Buffer.byteLength(text);
    if (bytes <= this.#maxBytes) return;
    const problem = `it has ${bytes} bytes, and ${this.#maxBytes} are allowed`;
    throw this.#error(`${problem}. mend: keep an id in it and the rest elsewhere, or raise maxDataBytes`);
  }

  #error(problem: string, cause?: unknown): SessionDataError {
    return new SessionDataError(`The data of session "${this.#cookie}" cannot be stored: ${problem}`, { cause });
  }
}
