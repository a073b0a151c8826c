import type { SessionLifetime } from "../lifetime.ts";

/** A session as it is stored. */
export interface SessionRow {
  /** Counts the writes, from 1. */
  readonly revision: number;
  readonly lifetime: SessionLifetime;
  /** Whose session it is, hashed; undefined where it is nobody's. */
  readonly user: string | undefined;
  /** JSON text. */
  readonly data: string;
}

/**
 * Rows of sessions, under keys of 43 characters of base64url.
 *
 * Each method is one step that nothing comes between: two writes of one revision do not both succeed, and what was deleted is
 * not brought back by a write or a touch that began before (SE-07). What fails is thrown; the framework answers 503.
 */
export interface SessionRows {
  /**
   * The row, or undefined, without a promise where it is in memory: it stays as it is, and what is written is another. One that is over
   * may still be given: who reads it checks.
   */
  read(key: string): SessionRow | undefined | Promise<SessionRow | undefined>;
  /**
   * Writes the row where the stored one has this revision; revision 0 says that there is none yet. Keeps it at least until its
   * `expiresAt`. False where the stored row has another revision, or is gone.
   */
  write(key: string, row: SessionRow, revision: number): Promise<boolean>;
  /** Gives the stored row another lifetime, where it has this revision, and leaves it that one; false where it has another, or is gone. */
  touch(key: string, lifetime: SessionLifetime, revision: number): Promise<boolean>;
  /** Deletes the row and tells whether there was one. */
  delete(key: string): Promise<boolean>;
}

/** Where sessions are kept on the server: four methods, and what a store may have beside them. */
export interface SessionStore extends SessionRows {
  /** The keys of all rows with this user; they may hold some that are gone. Stores that cannot tell leave it out. */
  listByUser?(user: string): Promise<string[]>;
  /**
   * Ends every row of this user that was there before, but the one under `except`. Only of a store whose `listByUser` may miss some:
   * where it cannot, each that is listed is deleted until none is left.
   */
  endUser?(user: string, except: string | undefined): Promise<void>;
  /** Before the port opens. */
  open?(): Promise<void>;
  /** At the end of the application. */
  close?(): Promise<void>;
}
