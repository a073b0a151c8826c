import { PingedSource } from "./event-stream/pings.ts";
import { writeEvent } from "./event-stream/server-sent-event.ts";
import { Response, type ResponseInit } from "./response.ts";
import { mapSource, openSource, type StreamSource } from "./stream/source.ts";
import { StreamBody } from "./stream/stream-body.ts";

/** What an event stream begins with. */
export interface EventSourceInit extends ResponseInit {
  /** After how many milliseconds of silence a comment is sent, so that no proxy takes the connection for dead. Default 15,000. */
  readonly pingMs?: number | undefined;
}

/**
 * A response that streams server-sent events: each item is a {@link ServerSentEvent}, or a value that is sent as the data of one.
 *
 * Shape:  `new EventSourceResponse(prices())` sends `data: {"price":7}\n\n` for each.
 * Source: WHATWG HTML §9.2. `X-Accel-Buffering: no` has nginx pass events on at once.
 * Errors: those of a StreamingResponse; JSONSerializationError. RangeError for a `pingMs` that no timer takes.
 */
export class EventSourceResponse extends Response {
  constructor(source: StreamSource<unknown>, init?: EventSourceInit) {
    const events = mapSource(openSource(source), writeEvent);
    super(new StreamBody(new PingedSource(events, checkPing(init?.pingMs ?? 15_000))), init);
    this.mediaType ??= "text/event-stream";
    setMissing(this, "cache-control", "no-cache");
    setMissing(this, "x-accel-buffering", "no");
  }
}

function setMissing({ headers }: Response, name: string, value: string): void {
  if (!headers.has(name)) headers.set(name, value);
}

// A timer of node runs at once, over and over, when its time does not fit 32 bits.
function checkPing(pingMs: number): number {
  if (pingMs >= 1 && pingMs <= 0x7f_ff_ff_ff) return pingMs;
  throw new RangeError(`pingMs is ${String(pingMs)}. mend: milliseconds from 1 to 2147483647`);
}
