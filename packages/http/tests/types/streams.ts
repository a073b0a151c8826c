import { Readable } from "node:stream";
import { z } from "zod";
import { EventStream, JSONLines, ServerSentEvent, StreamingResponse, type Streamed } from "../../src/index.ts";

const Row = z.object({ id: z.number() });
const lines = JSONLines(Row);
const events = EventStream(Row);

async function* rows(): AsyncGenerator<{ id: number; extra: string }> {
  yield { id: 1, extra: "filtered" };
}
async function* mixed(): AsyncGenerator<{ id: number } | ServerSentEvent<{ id: number }>> {
  yield new ServerSentEvent({ data: { id: 1 }, id: "1" });
}
async function* comments(): AsyncGenerator<ServerSentEvent<never>> {
  yield new ServerSentEvent({ comment: "hello" });
}
async function* words(): AsyncGenerator<string> {
  yield "x";
}

// ---------- what fits
lines.respond(rows());
events.respond(rows());
events.respond(mixed());
events.respond(comments());
const handler: () => Streamed<typeof lines> = () => rows();
const eventHandler: () => Streamed<typeof events> = () => mixed();
new StreamingResponse(words(), { contentLength: 1, status: 201 });
new StreamingResponse(Readable.from(["x"]));
new StreamingResponse(new ReadableStream<Uint8Array>());
new StreamingResponse(["a", new Uint8Array()]);

// ---------- what does not
// @ts-expect-error an item that the schema refuses
lines.respond(words());
// @ts-expect-error data of an event that the schema refuses
events.respond([new ServerSentEvent({ data: { id: "1" } })]);
// @ts-expect-error lines have no events
lines.respond(mixed());
// @ts-expect-error the type of a handler that yields something else
const wrong: () => Streamed<typeof lines> = () => words();
// @ts-expect-error a chunk is text or bytes
new StreamingResponse([1, 2]);
// @ts-expect-error objects are lines or events
new StreamingResponse(rows());
// @ts-expect-error an event has data or rawData
new ServerSentEvent({ data: 1, rawData: "1" });
