import type { Request } from "@madeleine/http";

/** What is said of a change that is lost (SE-11): by whom, since a log line is all that is left of it. */
export function lateChange({ method, path }: Pick<Request, "method" | "path">, session: string): string {
  return `${method} ${path} changed session "${session}" after it had been saved for the response.`;
}

/** What is said of a row that cannot be read any more. */
export function misfit(session: string): string {
  return `what is stored for session "${session}" does not fit its schema; a new one begins`;
}
