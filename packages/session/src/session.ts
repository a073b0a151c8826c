import type { Flash } from "./session-content.ts";

/** What a visitor's requests have in common. It is saved once, before the response goes out, and only when it changed. */
export interface Session<Data> {
  /** A plain object: change it, or put another in its place. */
  data: Data;
  /** Which session it is, for logs and lists of devices: a hash of what the cookie holds, and no way to log in. */
  readonly id: string;
  /** Whether nothing is stored: a first visit, one after the end of a session, or after `destroy()`. */
  readonly isNew: boolean;
  /** Gives the session a new id when it is saved, and ends the old one: at every login (session fixation, CWE-384). */
  regenerate(): Promise<void>;
  /** Ends the session at once, here and for every request that still holds it; what is written afterwards begins a new one. */
  destroy(): Promise<void>;
  /**
   * Lets the session and its cookie last so many seconds from now on, and outlast the browser.
   *
   * Errors: RangeError where it is no whole number from 1 to 400 days, or more than `absoluteMaxAge`.
   */
  rememberFor(seconds: number): void;
  /** Leaves a message for the next page. */
  flash(key: string, value: string): void;
  /** The messages that were left, in their order; they are gone afterwards. */
  flashes(): Flash[];
}
