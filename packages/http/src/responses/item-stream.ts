import type { $ZodType, input } from "zod/v4/core";
import { EventSourceResponse } from "./event-source.ts";
import { ServerSentEvent } from "./event-stream/server-sent-event.ts";
import { JSONLinesResponse } from "./json-lines.ts";
import type { Response, ResponseInit } from "./response.ts";
import { itemCheck } from "./stream/item-check.ts";
import { mapSource, openSource, type StreamSource } from "./stream/source.ts";

/**
 * A route's promise of what its handler yields: `{ response: EventStream(Delta) }`. Every item goes through the schema, and what that does not
 * name never leaves the server.
 */
export class ItemStream<Schema extends $ZodType = $ZodType, Item = unknown> {
  /** The schema of one item, of an event its data. */
  readonly item: Schema;
  readonly mediaType: "text/event-stream" | "application/jsonl";
  /** Only a type: what a handler may yield. */
  declare readonly yields: Item;

  constructor(item: Schema, mediaType: ItemStream["mediaType"]) {
    this.item = item;
    this.mediaType = mediaType;
  }

  /**
   * The response for what a handler yields.
   *
   * Errors: StreamItemError for an item that does not fit: as the first one it is answered, later it ends the stream.
   */
  respond(source: StreamSource<Item>, init?: ResponseInit): Response {
    const check = itemCheck(this.item);
    if (this.mediaType === "application/jsonl") return new JSONLinesResponse(mapSource(openSource(source), check), init);
    return new EventSourceResponse(
      mapSource(openSource(source), (item) => checkEvent(item, check)),
      init,
    );
  }
}

/** Streams server-sent events, whose data the schema checks. A handler yields values, or {@link ServerSentEvent}s with an id or a name. */
export function EventStream<Schema extends $ZodType>(
  schema: Schema,
): ItemStream<Schema, input<Schema> | ServerSentEvent<input<Schema>>> {
  return new ItemStream(schema, "text/event-stream");
}

/** Streams values that the schema checks, each as a line of JSON. */
export function JSONLines<Schema extends $ZodType>(schema: Schema): ItemStream<Schema, input<Schema>> {
  return new ItemStream(schema, "application/jsonl");
}

/** What the handler of a route may return whose response is such a stream. */
export type Streamed<Stream extends ItemStream> = AsyncIterable<Stream["yields"]> | Iterable<Stream["yields"]>;

// An event without data, as a comment or a `retry` alone, has nothing to check; and rawData was finished by the handler itself.
async function checkEvent(item: unknown, check: (data: unknown) => unknown): Promise<unknown> {
  if (!(item instanceof ServerSentEvent)) return check(item);
  const { data, rawData: _, ...details } = item.fields;
  return data === undefined ? item : new ServerSentEvent({ ...details, data: await check(data) });
}
