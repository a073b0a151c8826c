import { Pool } from "undici";
import { toFlatList, type HeaderLines } from "./headers.ts";
import type { Hop } from "./redirects.ts";

/** A response as it came off the wire, read whole. */
export interface Answer {
  readonly status: number;
  readonly headers: globalThis.Headers;
  readonly body: Uint8Array;
}

/** The connections to one address, as many as there are requests at once. */
export class Connection {
  readonly #pool: Pool;

  constructor(address: URL, timeoutMs: number) {
    this.#pool = new Pool(address.origin, { headersTimeout: timeoutMs, bodyTimeout: timeoutMs });
  }

  /** Sends one request, with `Host` from its URL, which need not be the address. */
  async send(hop: Hop, headers: HeaderLines, signal: AbortSignal | undefined): Promise<Answer> {
    const {
      statusCode,
      headers: received,
      body,
    } = await this.#pool.request({
      method: hop.method as "GET", // undici's type lists the common methods only; it sends any token
      path: hop.target.path,
      headers: toFlatList(new Map([["host", [hop.target.url.host]], ...headers])),
      body: (hop.body.content ?? null) as string | Uint8Array | null, // undici sends async iterables, which its type leaves out
      signal: signal ?? null,
    });
    return { status: statusCode, headers: toHeaders(received), body: await body.bytes() };
  }

  /** Breaks off what is under way and closes the sockets. */
  close(): Promise<void> {
    return this.#pool.destroy();
  }
}

function toHeaders(received: Record<string, string | string[] | undefined>): globalThis.Headers {
  const headers = new globalThis.Headers();
  for (const [name, value] of Object.entries(received)) {
    for (const line of Array.isArray(value) ? value : [value ?? ""]) headers.append(name, line);
  }
  return headers;
}
