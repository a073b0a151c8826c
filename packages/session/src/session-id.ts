import { nodeCrypto } from "@madeleine/http";

/** A new secret for a cookie: 256 bits that nobody guesses (SE-03, CWE-330). */
export function createSessionId(): string {
  return nodeCrypto().randomBytes(32).toString("base64url");
}

/**
 * The session id among the cookies of one name.
 *
 * Shape:  `["gG9…"]` with 43 characters of base64url gives it; anything else never reaches a store (SE-09). Several cookies with
 *         distinct values give none: another application of the domain has put one beside ours (cookie tossing).
 */
export function readSessionId(candidates: readonly string[]): string | undefined {
  const [first] = candidates;
  if (first === undefined || !isSessionId(first)) return undefined;
  return candidates.every((each) => each === first) ? first : undefined;
}

/**
 * Under which a session is stored: whoever reads the store cannot log in with it.
 *
 * The cookie's name is part of it, so that an id of one kind of session is none of another kind in the same store.
 */
export function toStoreKey(cookie: string, id: string): string {
  return nodeCrypto().hash("sha256", `${cookie}\0${id}`, "base64url");
}

/** Under which a user's sessions are known: hashed, so that no store has to bear what a user is called (SE-09), nor tells it. */
export function toUserKey(cookie: string, user: string): string {
  return nodeCrypto().hash("sha256", `${cookie}\0user\0${user}`, "base64url");
}

/** Whether a text could be one: 43 characters of base64url. */
export function isSessionId(text: string): boolean {
  return text.length === 43 && !/[^\w-]/.test(text);
}
