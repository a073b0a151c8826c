import type { IncomingMessage, ServerResponse } from "node:http";
import type { App } from "../app.ts";

/** A web-standard handler, as Hono's `app.fetch` is one. */
export interface FetchTarget {
  fetch(request: globalThis.Request): globalThis.Response | Promise<globalThis.Response>;
}

/** A listener of `node:http`, as an application of Express is one. */
export interface NodeTarget {
  node(raw: IncomingMessage, rawResponse: ServerResponse): unknown;
}

/** What can be mounted. It is said and not guessed: handlers of both kinds are functions. */
export type MountTarget = App | FetchTarget | NodeTarget;
