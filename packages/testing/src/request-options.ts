import type { BodyOptions } from "./body.ts";
import type { Fields } from "./fields.ts";
import type { RequestHeaders } from "./headers.ts";

/** What a request carries besides its method and path. */
export type RequestOptions = BodyOptions & {
  readonly headers?: RequestHeaders;
  /** Added to the query that the path may have. */
  readonly query?: Fields;
  /** Sent with this request only, as they are, before the jar's; a cookie of the jar with the same name stays at home. */
  readonly cookies?: Readonly<Record<string, string>>;
  /** Whether redirects are followed; the client's `redirects` decides where this is silent. */
  readonly redirect?: "follow" | "manual";
  /** Breaks the request off, as a client that goes away does. */
  readonly signal?: AbortSignal;
};
