import { Response } from "@madeleine/http";

/**
 * A web-standard response as one of ours, read whole, with every `Set-Cookie` line of its own.
 *
 * Source: RFC 9110 §7.6.1: headers about a connection end with it, and the answer of another server, passed on, had another one.
 * Errors: what reading its body throws; StatusError for the status 0 of `Response.error()`.
 */
export async function fromWebResponse(web: globalThis.Response): Promise<Response> {
  const response = new Response(web.body === null ? null : new Uint8Array(await web.arrayBuffer()), { status: web.status });
  // What `fetch` brought has been decoded, and its headers still name the coding.
  const isFetched = web.url !== "";
  for (const [name, value] of web.headers) {
    if (name === "set-cookie") response.cookies.addLine(value);
    else if (!ofConnection.has(name) && !(isFetched && name === "content-encoding")) response.headers.append(name, value);
  }
  return response;
}

const ofConnection = new Set(["connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade"]);
