import type { Unwinding } from "@madeleine/di";
import { Response, type Request } from "@madeleine/http";

/** One request and what becomes of it, from the match of its path to the end of its response. */
export class Exchange {
  readonly request: Request;
  /** The raw path parameters by position, decoded. */
  readonly parameters: readonly (string | undefined)[];
  /** What has to be torn down; undefined where the route makes nothing of the kind. */
  unwinding: Unwinding | undefined = undefined;
  #response: Response | undefined = undefined;

  constructor(request: Request, parameters: readonly (string | undefined)[]) {
    this.request = request;
    this.parameters = parameters;
  }

  /** The response that dependencies and handlers write cookies and headers on, made when first asked for. */
  get response(): Response {
    return (this.#response ??= new Response());
  }

  /** The same, where anybody asked for it. */
  get injected(): Response | undefined {
    return this.#response;
  }
}
