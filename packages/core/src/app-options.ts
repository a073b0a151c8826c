import type { Binding, Class, Need } from "@madeleine/di";
import type { Logger } from "./logger.ts";

export interface AppOptions {
  /** What the application is called where people read it. */
  title?: string | undefined;
  controllers?: readonly Class[] | undefined;
  /** Guards of every route, before all others. */
  dependencies?: readonly Need[] | undefined;
  /** Which class stands for another: `bind(UserRepository, PgUserRepository)`. */
  provide?: readonly Binding[] | undefined;
  /** The largest body that is read, in bytes. Default 1 MiB; above it the answer is 413. */
  maxBodyBytes?: number | undefined;
  /** Whether a 422 shows what was sent in cookies, headers, bodies and forms; path and query values are always shown. */
  exposeInput?: boolean | undefined;
  /** Whose `X-Forwarded-…` headers count: addresses or subnets of proxies, or a number of hops. Nobody's by default. */
  trustProxy?: boolean | number | string | readonly string[] | undefined;
  /** Where errors and warnings go; the standard error by default. */
  logger?: Logger | undefined;
}
