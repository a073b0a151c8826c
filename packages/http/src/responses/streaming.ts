import { Response, type ResponseInit } from "./response.ts";
import { checkLength, type Chunk } from "./stream/chunk.ts";
import { openSource, type StreamSource } from "./stream/source.ts";
import { StreamBody } from "./stream/stream-body.ts";

/** What a streamed response begins with. */
export interface StreamingInit extends ResponseInit {
  /** In bytes, where it is known: it becomes the Content-Length, and the stream is held to it. Without it the body is sent chunked. */
  readonly contentLength?: number | undefined;
}

/**
 * A response whose body is made while it is sent.
 *
 * Shape:  `new StreamingResponse(rows(), { mediaType: "text/csv" })`, where `rows` is a generator of text or bytes; also a Node or web stream.
 * Cost:   no more of it is in memory than the client's connection takes: the source is asked for the next chunk when the last one left.
 *         When the client goes away the source is closed: a generator's `finally` runs, a stream is destroyed. A generator that waits
 *         hears of it when its wait is over, so give `request.signal` to what it waits for.
 * Errors: TypeError for what cannot be streamed. An error of the source before its first chunk is answered like any other; after it, the
 *         connection is cut, so that the client sees that something is missing (RFC 9112 §8).
 */
export class StreamingResponse extends Response {
  constructor(source: StreamSource<Chunk>, init?: StreamingInit) {
    super(new StreamBody(openSource(source), checkLength(init?.contentLength)), init);
  }
}
