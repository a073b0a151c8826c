import { serializeJson } from "../serialize-json.ts";

/** What an event is made of. Its data is a value, sent as JSON, or text that is sent as it is. */
export type EventFields<Data = unknown> = EventDetails &
  ({ readonly data?: Data; readonly rawData?: undefined } | { readonly data?: undefined; readonly rawData: string });

interface EventDetails {
  /** The name that a client listens to; without one it is a `message`. */
  readonly event?: string | undefined;
  /** Comes back as `Last-Event-ID` when the client connects again. */
  readonly id?: string | undefined;
  /** In milliseconds: how long the client waits before it connects again. */
  readonly retry?: number | undefined;
  /** Text that clients pass over. */
  readonly comment?: string | undefined;
}

/**
 * One event of an event stream, checked when it is made.
 *
 * Shape:  `new ServerSentEvent({ data: { key: 1 }, event: "update", id: "7" })` is sent as `event: update\ndata: {"key":1}\nid: 7\n\n`.
 * Source: WHATWG HTML §9.2.
 * Errors: EventError for an id or a name with a line end, which would begin a field that is not meant, or with NUL, which has clients
 *         ignore the id; for a `retry` that is no number of milliseconds; and for `data` beside `rawData`.
 */
export class ServerSentEvent<Data = unknown> {
  readonly fields: EventFields<Data>;

  constructor(fields: EventFields<Data>) {
    checkLine("event", fields.event);
    checkLine("id", fields.id);
    checkRetry(fields.retry);
    if (fields.data !== undefined && fields.rawData !== undefined)
      throw new EventError("data", "stands beside rawData, and an event has one of them", "leave one out");
    this.fields = fields;
  }
}

/** An event that a client would misread. Always a programmer's mistake, thrown where the event is made. */
export class EventError extends TypeError {
  override readonly name = "EventError";
  /** The field. */
  readonly field: string;

  constructor(field: string, problem: string, mend: string) {
    super(`The ${field} of a server-sent event ${problem}. mend: ${mend}`);
    this.field = field;
  }
}

/**
 * Writes an event as it is sent; a value that is no ServerSentEvent is the data of one.
 *
 * Errors: JSONSerializationError.
 */
export function writeEvent(item: unknown): string {
  if (!(item instanceof ServerSentEvent)) return `data: ${serializeJson(item)}\n\n`;
  const { comment, event, data, rawData, id, retry } = item.fields;
  let text = "";
  if (comment !== undefined) text += writeLines(":", comment);
  if (event !== undefined) text += `event: ${event}\n`;
  if (data !== undefined) text += `data: ${serializeJson(data)}\n`;
  if (rawData !== undefined) text += writeLines("data:", rawData);
  if (id !== undefined) text += `id: ${id}\n`;
  if (retry !== undefined) text += `retry: ${retry}\n`;
  return `${text}\n`;
}

// Any of the three ends a line for a client, so each of them begins a new field here.
function writeLines(field: string, text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => `${field} ${line}\n`)
    .join("");
}

function checkLine(field: string, value: string | undefined): void {
  if (value === undefined) return;
  if (typeof value !== "string") throw new EventError(field, `is of type ${typeof value}`, "String(value)");
  if (/[\r\n\0]/.test(value))
    throw new EventError(field, "is a single line without NUL", "remove the character, or send it as data");
}

function checkRetry(retry: number | undefined): void {
  if (retry === undefined || (Number.isSafeInteger(retry) && retry >= 0)) return;
  throw new EventError("retry", `is ${String(retry)}`, "an integer of milliseconds from 0");
}
