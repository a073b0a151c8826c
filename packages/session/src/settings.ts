import type { Logger } from "@madeleine/core";
import type { LifetimeRules } from "./lifetime.ts";
import type { Flash } from "./session-content.ts";
import type { SessionData } from "./session-data.ts";

/** What all sessions of one definition share. */
export interface SessionSettings<Data> {
  /** Of the definition and of its cookie. */
  readonly name: string;
  readonly data: Omit<SessionData<never>, "empty" | "read"> & {
    empty(): Data;
    read(text: string): { readonly data: Data; readonly flashes: readonly Flash[] } | undefined;
  };
  readonly rules: LifetimeRules;
  /** Under which the row of a secret is stored. */
  readonly keyOf: (secret: string) => string;
  readonly hasUsers: boolean;
  /** The user of some data, hashed. */
  readonly userOf: (data: Data) => string | undefined;
  /** Instead of that of the application. */
  readonly logger: Logger | undefined;
}
