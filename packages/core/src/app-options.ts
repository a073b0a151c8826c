import type { Binding } from "@madeleine/di";
import type { ConsentRules } from "@madeleine/http";
import type { ErrorFormat } from "./errors/error-format.ts";
import type { Lifespan } from "./lifespan.ts";
import type { Logger } from "./logger.ts";
import type { TrailingSlash } from "./route-table.ts";
import type { RouterOptions } from "./routes/router.ts";

/** How much of a request is read. */
export interface AppLimits {
  /** The largest body that is read, in bytes; of a multipart form its texts together. Default 1 MiB; above it the answer is 413. */
  maxBodyBytes?: number | undefined;
  /** The largest multipart form, its files included, in bytes. Default 10 MiB; above it the answer is 413. */
  maxUploadBytes?: number | undefined;
  /** How many arrays and objects of a JSON body may be inside one another. Default 64; above it the answer is 400. */
  maxJsonDepth?: number | undefined;
  /** Where files of more than 256 KiB are kept while their request lasts; the system's directory for temporary files by default. */
  uploadDirectory?: string | undefined;
}

/** What an application is told when it is made. Guards, middleware, tags and controllers are those of its outermost group of routes. */
export interface AppOptions extends Omit<RouterOptions, "host" | "errors">, AppLimits {
  /** What the application is called where people read it. */
  title?: string | undefined;
  /** Which class stands for another: `bind(UserRepository, PgUserRepository)`. */
  provide?: readonly Binding[] | undefined;
  /**
   * What is answered when only the other form of a trailing slash has a route: `redirect` there (the default), 404 (`strict`), or
   * as if it were the same path (`ignore`).
   */
  trailingSlash?: TrailingSlash | undefined;
  /** The path under which a proxy publishes the application: taken off where the proxy leaves it on, and put before redirects. */
  rootPath?: string | undefined;
  /**
   * What signs and encrypts cookies, newest first: the others still open what they sealed. Each random, as `openssl rand -base64 32`
   * makes one; one that is `undefined` behind the first is left out. A mounted application has its own.
   */
  secrets?: readonly (string | undefined)[] | undefined;
  /** How visitors are asked for consent to cookies: made by `cookieConsent`. */
  consent?: ConsentRules | undefined;
  /** How errors are answered that no handler answers: `{"detail": …}`, or RFC 9457's `application/problem+json`. */
  errorFormat?: ErrorFormat | undefined;
  /** Whether a 422 shows what was sent in cookies, headers, bodies and forms; path and query values are always shown. */
  exposeInput?: boolean | undefined;
  /** Whose `X-Forwarded-…` headers count: addresses or subnets of proxies, or a number of hops. Nobody's by default. */
  trustProxy?: boolean | number | string | readonly string[] | undefined;
  /**
   * What happens when the application starts and when it ends: a generator that yields once. It begins when all that lives as long
   * as the application is made, before the port opens, and goes on when the port is closed and nothing is under way.
   */
  lifespan?: Lifespan | undefined;
  /** How long the making of one value may take that lives as long as the application, and the beginning of `lifespan`. Default 30,000. */
  startTimeoutMs?: number | undefined;
  /** How long one tear-down may take: what stands behind a `yield`, or a dispose method. Default 10,000. */
  teardownTimeoutMs?: number | undefined;
  /** Where errors and warnings go; the standard error by default. */
  logger?: Logger | undefined;
}
