import type { Unwinding } from "@madeleine/di";
import { Response, type Request } from "@madeleine/http";

/** One request and what becomes of it, from the match of its path to the end of its response. */
export class Exchange {
  readonly request: Request;
  /** The raw path parameters by position, decoded. */
  readonly parameters: readonly (string | undefined)[];
  readonly #status: number;
  /** What lives until the last byte of the response; undefined where nothing does. */
  unwinding: Unwinding | undefined = undefined;
  /** Whether the answer is one to something that was thrown. */
  hasFailed = false;
  #response: Response | undefined = undefined;

  /** `status` is the route's own: what the injected response has until somebody sets another. */
  constructor(request: Request, parameters: readonly (string | undefined)[], status: number) {
    this.request = request;
    this.parameters = parameters;
    this.#status = status;
  }

  /** The response that dependencies and handlers write cookies and headers on, made when first asked for. */
  get response(): Response {
    return (this.#response ??= new Response(null, { status: this.#status }));
  }

  /** The same, where anybody asked for it. */
  get injected(): Response | undefined {
    return this.#response;
  }
}
