import { forbidsContent } from "../../status.ts";
import type { AnsweredRequest } from "../answered-request.ts";
import type { Response } from "../response.ts";

/** A body that is made while it is sent: a stream, or a file that is not open yet. */
export abstract class LazyBody {
  /** The bytes that Content-Length announces; undefined where only the end tells. */
  abstract readonly length: number | undefined;

  /**
   * Does all that can fail while another answer is still possible, and gives the response that is sent to this request. Called
   * again, it does nothing more.
   */
  abstract prepare(response: Response, request: AnsweredRequest): Promise<Response>;

  /** Gives back whatever the body holds open. May be called at any time, and several times. */
  abstract close(): Promise<void>;
}

/**
 * Readies a response, before its head is fixed: a file is opened and compared with what the client has, and of a stream the first
 * chunk is waited for. Until then status, headers and cookies can change, and what is thrown can be answered properly. `send` does it
 * where it was not done; whoever has to see the result earlier, as a middleware does, calls this.
 *
 * Cost:   nothing for text, bytes and empty bodies: they come back as they are, and not as a promise.
 * Errors: whatever the source of a stream throws before its first chunk; FileError. Then nothing stays open.
 */
export function prepareResponse(response: Response, request: AnsweredRequest): Response | Promise<Response> {
  return response.body instanceof LazyBody ? response.body.prepare(response, request) : response;
}

/**
 * Whether an answer has content at all, whatever the handler gave.
 *
 * Source: RFC 9110 §9.3.2 (HEAD), §15.3.5 (204), §15.3.6 (205), §15.4.5 (304).
 */
export function carriesContent(status: number, method: string): boolean {
  return method !== "HEAD" && status !== 205 && !forbidsContent(status);
}
