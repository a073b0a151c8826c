import type { Failure, Unwinding } from "@madeleine/di";
import { LazyBody, type Response } from "@madeleine/http";
import type { Exchange } from "./exchange.ts";

/** Answers what was thrown. */
export type Answer = (error: unknown, exchange: Exchange) => Response | PromiseLike<Response>;

/** What has become of a request: a response, or what was thrown in its place. */
export type Settle = (
  response: Response | undefined,
  failure: Failure | undefined,
  exchange: Exchange,
  unwinding: Unwinding,
) => Response | PromiseLike<Response>;

/**
 * What comes between an answer and its sending: the length of the body is made sure of, then ends what dependencies opened until now.
 * Each may put an error in the place of the response. A promise only where something is waited for.
 */
export function compileSettle(answer: Answer): Settle {
  const settle: Settle = (response, failure, exchange, unwinding) => {
    if (failure !== undefined || !exchange.request.hasBody) return unwind(response, failure, exchange, unwinding);
    // A body over the limit is refused also where the handler did not read it, or swallowed its error (LM-02).
    const finishing = exchange.request.body.finish();
    if (finishing === undefined) return unwind(response, failure, exchange, unwinding);
    return finishing.then(
      () => unwind(response, undefined, exchange, unwinding),
      (error: unknown) => unwind(response, { error }, exchange, unwinding),
    );
  };

  const unwind: Settle = (response, failure, exchange, unwinding) => {
    if (unwinding.isEmpty) return finish(response, failure, exchange);
    const ended = unwinding.handlerDone(failure);
    if (ended instanceof Promise) return ended.then((outcome) => leave(response, outcome, exchange, unwinding));
    return leave(response, ended, exchange, unwinding);
  };

  const leave: Settle = (response, failure, exchange, unwinding) => {
    if (!unwinding.isEmpty) exchange.leave(unwinding);
    return finish(response, failure, exchange);
  };

  const finish = (response: Response | undefined, failure: Failure | undefined, exchange: Exchange) => {
    if (failure === undefined) return response!;
    if (response?.body instanceof LazyBody) response.body.close().catch(() => {}); // another answer is sent, and this is the error of it
    exchange.failure = failure;
    return answer(failure.error, exchange);
  };

  return settle;
}
