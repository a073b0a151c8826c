import type { CookieScope } from "../cookies/set-cookie.ts";

/** What of a request decides how its response is written. */
export interface AnsweredRequest {
  readonly method: string;
  /** Whether it came over https, itself or through a trusted proxy: it decides on `secure: "auto"`. */
  readonly secure: boolean;
  /** Where a file is compared with what the client has; without them it is sent whole. */
  readonly headers?: { get(name: string): string | undefined };
  /** With what cookies are sealed, and whether they may be sent. Only read for a cookie that asks. */
  readonly cookies?: CookieScope;
  /** Aborts when the client goes away. Only read for a stream: making a signal has a price. */
  readonly signal?: AbortSignal;
  /** Whether nobody but the framework has node's response: nobody sees, then, when it ends. */
  readonly ownsResponse?: boolean | undefined;
}
