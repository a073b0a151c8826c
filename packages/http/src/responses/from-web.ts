import { Response } from "./response.ts";
import { StreamingResponse } from "./streaming.ts";

/**
 * Makes a response of a web-standard one: what a handler returned, or what `fetch` got elsewhere. Its body is streamed.
 *
 * Every `Set-Cookie` line is kept. Of what was fetched the headers of its own connection are left out (RFC 9110 §7.6.1), and length and
 * coding of a body that `fetch` has already decompressed.
 *
 * Errors: TypeError where its body was read already.
 */
export function fromWebResponse(web: globalThis.Response): Response {
  const { status, body } = web;
  if (web.bodyUsed) throw new TypeError("The body of this web response was read already. mend: web.clone() before it is read");
  const response = body === null ? new Response(null, { status }) : new StreamingResponse(body, { status });
  const left = web.url === "" ? CONNECTION : leftOfFetched(web);
  for (const [name, value] of web.headers) if (!left.has(name)) response.headers.append(name, value);
  for (const line of web.headers.getSetCookie()) response.cookies.addLine(line);
  return response;
}

/**
 * Whether a value is a web-standard response. Its tag is asked for first: Node loads undici when `globalThis.Response` is first mentioned, and
 * whoever has a web response has mentioned it.
 */
export function isWebResponse(value: unknown): value is globalThis.Response {
  return (
    (value as { [Symbol.toStringTag]?: unknown } | null | undefined)?.[Symbol.toStringTag] === "Response" &&
    value instanceof globalThis.Response
  );
}

// How a message is framed is for each connection to say, and `set-cookie` is filed under its name.
const CONNECTION: ReadonlySet<string> = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "set-cookie",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

function leftOfFetched({ headers }: globalThis.Response): ReadonlySet<string> {
  const coding = headers.has("content-encoding") ? ["content-encoding", "content-length"] : [];
  const named = (headers.get("connection") ?? "").toLowerCase().split(",");
  return new Set([...CONNECTION, ...coding, ...named.map((name) => name.trim())]);
}
