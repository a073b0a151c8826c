import type { IncomingMessage } from "node:http";
import { nodeHttp } from "@madeleine/http";

/**
 * A request of node:http whose body was read already, for a listener that reads it itself: the same head, and the body once more. Node's own
 * request has ended: who listens to it hears nothing, and waits for ever.
 */
export function repeatRequest(raw: IncomingMessage, body: Buffer): IncomingMessage {
  const { method, url, httpVersion, httpVersionMajor, httpVersionMinor, rawHeaders, rawTrailers, trailers } = raw;
  const repeated = new nodeHttp.IncomingMessage(raw.socket);
  const complete = true; // else node takes its end for that of the connection
  Object.assign(repeated, {
    method,
    url,
    httpVersion,
    httpVersionMajor,
    httpVersionMinor,
    rawHeaders,
    rawTrailers,
    trailers,
    complete,
  });
  const isInflated = raw.headers["content-encoding"] !== undefined;
  repeated.headers = isInflated ? withLength(raw.headers, String(body.length)) : raw.headers;
  repeated.headersDistinct = isInflated ? withLength(raw.headersDistinct, [String(body.length)]) : raw.headersDistinct;
  const added = Object.entries(raw).filter(([name]) => !(name in repeated)); // by a middleware: raw.user
  Object.assign(repeated, Object.fromEntries(added));
  repeated.push(body);
  repeated.push(null);
  return repeated;
}

/** The headers of a body that was sent compressed, and is not any more. */
function withLength<Value>(headers: NodeJS.Dict<Value>, length: Value): NodeJS.Dict<Value> {
  const { "content-encoding": _, "transfer-encoding": __, ...others } = headers;
  return { ...others, "content-length": length };
}
