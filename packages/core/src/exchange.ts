import type { Failure, Unwinding } from "@madeleine/di";
import { Response, type Request } from "@madeleine/http";
import type { Match } from "@madeleine/router";
import { BackgroundTasks } from "./background-tasks.ts";
import type { ErrorOrigin } from "./errors/error-answers.ts";

/** Answers one exchange; whatever is thrown on the way comes out as an answer, too. A promise only where something was waited for. */
export type Handle = (exchange: Exchange) => Response | PromiseLike<Response>;

/** What an exchange has to know of its route. */
export interface AnsweringRoute {
  /** Shape: `"Items.list (GET /items)"`. */
  readonly label: string;
  /** Of a plain value, unless the handler or a dependency sets another. */
  readonly status: number;
  readonly handle: Handle;
}

/** One request and what becomes of it, from the match of its path to the end of its response. */
export class Exchange {
  readonly request: Request;
  /** Undefined where none matched. */
  readonly route: AnsweringRoute | undefined;
  /** The raw path parameters by position, decoded. */
  readonly parameters: readonly (string | undefined)[];
  /** What lives until the last byte of the response; undefined where nothing does. */
  unwinding: Unwinding | undefined = undefined;
  /** What was thrown and answered; of several the last. */
  failure: Failure | undefined = undefined;
  /** The values of the plan, where a middleware has begun it. */
  values: unknown[] | undefined = undefined;
  /** The response that belongs to this exchange alone, where a middleware may change it. */
  owned: Response | undefined = undefined;
  #response: Response | undefined = undefined;
  #tasks: BackgroundTasks | undefined = undefined;

  constructor(request: Request, match: Match<AnsweringRoute>) {
    const isFound = match.status === 200;
    this.request = request;
    this.route = isFound ? match.value : undefined;
    this.parameters = isFound ? match.parameters : noParameters;
  }

  /** Where an error comes from that is thrown on the way. */
  get origin(): ErrorOrigin {
    return { request: this.request, route: this.route?.label };
  }

  /** Whether the answer is one to something that was thrown. */
  get hasFailed(): boolean {
    return this.failure !== undefined;
  }

  /** Leaves what lives until the last byte. What was left before, further in, ends first. */
  leave(unwinding: Unwinding): void {
    this.moveUnwinding(unwinding);
    this.unwinding = unwinding;
  }

  /** Has what was left further in end with `outer`, and before it. */
  moveUnwinding(outer: Unwinding): void {
    const inner = this.unwinding;
    this.unwinding = undefined;
    if (inner !== undefined) outer.add((known) => endInner(inner, known), "response");
  }

  /** The response that dependencies and handlers write cookies and headers on, made when first asked for. It has the route's status until somebody sets another. */
  get response(): Response {
    return (this.#response ??= new Response(null, { status: this.route?.status ?? 200 }));
  }

  /** The same, where anybody asked for it. */
  get injected(): Response | undefined {
    return this.#response;
  }

  /** What is done after the response, made when first asked for. */
  get tasks(): BackgroundTasks {
    return (this.#tasks ??= new BackgroundTasks());
  }

  /** The same, where anybody asked for it. */
  get askedTasks(): BackgroundTasks | undefined {
    return this.#tasks;
  }
}

const noParameters: readonly string[] = [];

async function endInner(inner: Unwinding, known: Failure | undefined): Promise<void> {
  const outcome = await inner.responseDone(known);
  if (outcome !== undefined && outcome.error !== known?.error) throw outcome.error;
}
