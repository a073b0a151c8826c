import type { Dependency } from "@madeleine/di";
import type { Request } from "@madeleine/http";
import type { Session } from "../session.ts";
import type { UserSessions } from "../user-sessions.ts";

/** Where the sessions of one definition are kept, and what can be done with them outside of their requests. */
export interface SessionKeeping<Data> {
  readonly session: Dependency<Session<Data>>;
  readonly users: UserSessions<Data>;
  /** What a visitor's CSRF tokens are bound to: only the visitor's cookie has it, and every new id is another. */
  secretOf(request: Request): string | undefined;
}
