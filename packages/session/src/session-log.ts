import type { Request } from "@madeleine/http";

/** A change that is lost (SE-11), and by whom: a log line is all that is left of it. */
export interface LateChange {
  readonly message: string;
  /** As other lines have it, and the session under what it is stored as, where it is: never its id, by which one could log in. */
  readonly details: { readonly route: string; readonly session?: string };
}

export function lateChange(
  { method, path }: Pick<Request, "method" | "path">,
  session: string,
  key: string | undefined,
): LateChange {
  const message = `${method} ${path} changed session "${session}" after it had been saved for the response.`;
  return { message, details: detailsOf({ method, path }, key) };
}

/** What is said where a session ended by itself while its request ran, and its store had forgotten it when it was to be saved. */
export function lostChange(
  { method, path }: Pick<Request, "method" | "path">,
  session: string,
  key: string | undefined,
): LateChange {
  const message = `${method} ${path} changed session "${session}" when its time was over and its row was gone. The change is lost.`;
  return { message, details: detailsOf({ method, path }, key) };
}

function detailsOf({ method, path }: Pick<Request, "method" | "path">, key: string | undefined): LateChange["details"] {
  const route = `${method} ${path}`;
  return key === undefined ? { route } : { route, session: key };
}

/**
 * What is said where none of the cookies of the name counts: whose browser keeps two has no session, however often it logs in, and nothing
 * else would tell.
 */
export function doubledCookie({ method, path }: Pick<Request, "method" | "path">, session: string): string {
  const what = `${method} ${path} came with several different cookies "${session}", and none of them counts`;
  const why = "another application of the domain sets one of that name, or its own domain or path was changed";
  return `${what}: ${why}. mend: another name for it, best with the prefix __Host-`;
}

/** What is said of a row that cannot be read any more. */
export function misfit(session: string): string {
  return `what is stored for session "${session}" does not fit its schema; a new one begins`;
}
