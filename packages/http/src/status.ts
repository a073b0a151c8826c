import { nodeHttp } from "./node-modules.ts";

/** A status that cannot be sent. Always a programmer's mistake, thrown where the status was given. */
export class StatusError extends RangeError {
  override readonly name = "StatusError";
}

/**
 * Gives back a status that a response may carry: an integer from 200 to 599.
 *
 * Source: RFC 9110 §15. The 1xx of §15.2 are interim: they announce an answer and cannot be one.
 * Errors: StatusError.
 */
export function checkStatus(status: number): number {
  if (Number.isInteger(status) && status >= 200 && status <= 599) return status;
  throw new StatusError(`${shown(status)} is not the status of a response. mend: an integer from 200 to 599`);
}

/**
 * Gives back a status that an error may carry: an integer from 400 to 599.
 *
 * Errors: StatusError.
 */
export function checkErrorStatus(status: number): number {
  if (Number.isInteger(status) && status >= 400 && status <= 599) return status;
  throw new StatusError(
    `${shown(status)} is not the status of an error. mend: an integer from 400 to 599; a response with another status can be thrown as it is`,
  );
}

/**
 * Names a status.
 *
 * Shape:  `404` gives `"Not Found"`; an unregistered `499` gives that of 400, `"Bad Request"`.
 * Source: RFC 9110 §15 (an unknown status is understood as the x00 of its class).
 */
export function reasonPhrase(status: number): string {
  const { STATUS_CODES } = nodeHttp;
  return STATUS_CODES[status] ?? STATUS_CODES[Math.floor(status / 100) * 100] ?? "Unknown Status";
}

/**
 * Whether a status forbids content, so that not even a Content-Length may announce one.
 *
 * Source: RFC 9110 §15.3.5 (204), §15.4.5 (304), §8.6 (Content-Length).
 */
export function forbidsContent(status: number): boolean {
  return status === 204 || status === 304;
}

// `"200"` and `200` look alike in a message without the quotes
function shown(status: unknown): string {
  return typeof status === "string" ? JSON.stringify(status) : String(status);
}
