import type { IncomingMessage, ServerResponse } from "node:http";
import { LazyBody, Response, type Request } from "@madeleine/http";
import type { NodeTarget } from "./mount.ts";
import { repeatRequest } from "./repeated-request.ts";

/**
 * The answer that a listener of `node:http` writes itself, when it is this response's turn to be sent. Until then middleware can set
 * headers and cookies on it: they are there when the listener begins, which has the last word.
 */
export class NodeAnswer extends LazyBody {
  readonly length = undefined;
  readonly #target: NodeTarget;
  readonly #request: Request;

  constructor(target: NodeTarget, request: Request) {
    super();
    this.#target = target;
    this.#request = request;
  }

  async prepare(response: Response): Promise<Response> {
    return response;
  }

  async close(): Promise<void> {}

  /** Lets the listener answer. Kept when its answer is out, or its client gone. Errors: what the listener throws; those of `RequestBody.taken`. */
  async write(response: Response, rawResponse: ServerResponse): Promise<void> {
    const { body, path, search, rootPath, secure } = this.#request;
    const taken = body.taken;
    const raw = taken === undefined ? this.#request.raw : repeatRequest(this.#request.raw, await taken);
    for (const [name, value] of response.headers) rawResponse.appendHeader(name, value);
    if (response.hasCookies) rawResponse.appendHeader("set-cookie", response.cookies.lines(secure, this.#request));
    const connect = raw as IncomingMessage & { originalUrl?: string; baseUrl?: string }; // what Connect and Express look for
    connect.originalUrl ??= raw.url ?? "/";
    connect.baseUrl = rootPath;
    raw.url = search === "" ? path : `${path}?${search}`;
    const isOver = new Promise<void>((resolve) => rawResponse.once("close", resolve));
    await this.#target.node(raw, rawResponse);
    if (!rawResponse.destroyed) await isOver;
  }
}

/** Leaves the request to a listener of `node:http`, its body included. */
export function answerByNode(target: NodeTarget, request: Request): Response {
  request.body.release();
  return new Response(new NodeAnswer(target, request));
}
