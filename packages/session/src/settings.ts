import type { Logger } from "@madeleine/core";
import type { LifetimeRules } from "./lifetime.ts";
import type { NextIds } from "./next-ids.ts";
import type { NewContent, ReadContent } from "./session-content.ts";
import type { SessionData } from "./session-data.ts";
import type { SharedRows } from "./shared-rows.ts";

/** What all sessions of one definition share. */
export interface SessionSettings<Data> {
  /** Of the definition and of its cookie. */
  readonly name: string;
  readonly data: Omit<SessionData<never>, "empty" | "read"> & {
    empty(): NewContent<Data>;
    read(text: string): ReadContent<Data> | undefined;
  };
  /** The rows that a store has in memory. */
  readonly shared: SharedRows<Data>;
  readonly rules: LifetimeRules;
  /** Under which the row of a secret is stored. */
  readonly keyOf: (secret: string) => string;
  /** What a session is called that begins, or gets another id. */
  readonly nextIds: NextIds;
  readonly hasUsers: boolean;
  /** The user of some data, hashed. */
  readonly userOf: (data: Data) => string | undefined;
  /** Instead of that of the application. */
  readonly logger: Logger | undefined;
}
