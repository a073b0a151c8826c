import { checkTarget } from "./redirect-target.ts";
import { StatusError } from "../status.ts";
import type { HeaderEntries } from "./response-headers.ts";
import { Response } from "./response.ts";

/** The statuses that have a browser go to `Location`. 307 and 308 keep method and body, 303 makes it a GET. */
export type RedirectStatus = 301 | 302 | 303 | 307 | 308;

/** What else a redirect may be told. */
export interface RedirectInit {
  readonly headers?: HeaderEntries | undefined;
  /** Lets an address begin with `//`, which leads to another host; `https://…` may always be written out. */
  readonly external?: boolean | undefined;
}

/**
 * A response that sends the client elsewhere.
 *
 * Shape:  `new RedirectResponse("/login-page")` is 307; `new RedirectResponse("/profile", 303)` after a form was posted.
 *         `"/I ♥ Starlette/"` is sent as `/I%20%E2%99%A5%20Starlette/`.
 * Source: RFC 9110 §15.4, §10.2.2.
 * Errors: RedirectError, a 400, for an address that runs a script or hides where it leads: such an address came from the
 *         client. StatusError for another status, a programmer's mistake.
 */
export class RedirectResponse extends Response {
  constructor(url: string | URL, status: RedirectStatus = 307, init?: RedirectInit) {
    if (!STATUSES.has(status))
      throw new StatusError(`${String(status)} is not the status of a redirect. mend: 301, 302, 303, 307 or 308`);
    super(null, { status, headers: init?.headers });
    this.headers.set("location", checkTarget(String(url), init?.external === true));
  }
}

const STATUSES: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
