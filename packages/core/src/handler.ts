import { isThenable, runBatches, Unwinding, type Failure, type Phase, type Plan } from "@madeleine/di";
import { LazyBody, type Request, type Response } from "@madeleine/http";
import type { Exchange } from "./exchange.ts";
import { compileInputs, type ReadInputs } from "./inputs/phase-inputs.ts";
import type { InputSettings } from "./inputs/compile-input.ts";
import type { Reply } from "./reply.ts";

/** Answers one exchange; whatever is thrown on the way comes out as an answer, too. */
export type Handle = (exchange: Exchange) => Promise<Response>;

/** What a compiled handler is made of. */
export interface HandlerParts {
  readonly plan: Plan;
  readonly inputs: InputSettings;
  /** Sets how much of the body is read. */
  readonly limit?: ((request: Request) => void) | undefined;
  /** Calls the handler with the values of its slots. */
  readonly call: (values: readonly unknown[]) => unknown;
  readonly reply: Reply;
  readonly teardownTimeoutMs?: number | undefined;
  /** Answers what was thrown. */
  readonly answer: (error: unknown, exchange: Exchange) => Response | Promise<Response>;
}

interface Stage {
  readonly read: ReadInputs | undefined;
  readonly batches: Phase["batches"];
}

/**
 * One closure for one route, in the order of a request: guards one by one, then all inputs and one 422, then dependencies,
 * then the handler, then the response is made, and only then what the dependencies opened is closed. So a failing commit is
 * what the client hears of, and so is a value that cannot be serialised.
 */
export function compileHandler({ plan, inputs, limit, call, reply, answer, teardownTimeoutMs }: HandlerParts): Handle {
  const stages: Stage[] = plan.phases.map(({ sources, batches }) => ({ read: compileInputs(sources, inputs), batches }));
  const { template, unwinds } = plan;

  // One async function and not two or three that read better: each costs a tenth of a microsecond, on every request.
  return async (exchange) => {
    const unwinding = unwinds ? new Unwinding(teardownTimeoutMs) : nothingToUnwind;
    let response: Response | undefined;
    let failure: Failure | undefined;
    try {
      limit?.(exchange.request);
      const values = exchange.values ?? template.slice();
      for (const { read, batches } of stages) {
        const reading = read?.(exchange, values);
        if (reading !== undefined) await reading;
        const running = runBatches(batches, values, unwinding);
        if (running !== undefined) await running;
      }
      const returned = call(values);
      response = await reply(isThenable(returned) ? await returned : returned, exchange);
      // A body over the limit is refused also where the handler did not read it, or swallowed its error (LM-02).
      if (mayHaveUnreadBody(exchange.request)) await exchange.request.body.finish();
    } catch (error) {
      failure = { error };
    }
    if (!unwinding.isEmpty) {
      failure = await unwinding.handlerDone(failure);
      if (!unwinding.isEmpty) exchange.leave(unwinding);
    }
    if (failure === undefined) return response!;
    if (response?.body instanceof LazyBody) response.body.close().catch(() => {}); // another answer is sent, and this is the error of it
    exchange.failure = failure;
    return answer(failure.error, exchange);
  };
}

// Asked first what costs nothing: after an await, node has seen the end of a message without a body.
function mayHaveUnreadBody({ method, raw }: Request): boolean {
  return !raw.complete || (method !== "GET" && method !== "HEAD");
}

// Shared by all routes whose plans make nothing: nothing is ever added to it.
const nothingToUnwind = new Unwinding();
