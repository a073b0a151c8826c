import { isThenable, Unwinding, type Asked, type Failure, type Phase, type Plan } from "@madeleine/di";
import { isWebResponse, LazyBody, prepareResponse, Response } from "@madeleine/http";
import type { Exchange, Handle } from "../exchange.ts";
import type { HandlerParts } from "../handler.ts";
import { middlewareNeeds, type AnyMiddleware, type MatchedRoute, type Middleware, type Next } from "./middleware.ts";
import { compileTasks } from "../phase-tasks.ts";
import { runPhaseTasks } from "../task.ts";
import { ownAnswer, ownResponse } from "./own-response.ts";

/** What the middleware of a route is made of. The first phases of the plan are those of the ones with needs, in their order. */
export interface MiddlewareParts extends Pick<HandlerParts, "inputs" | "answer" | "teardownTimeoutMs"> {
  readonly middleware: readonly AnyMiddleware[];
  readonly plan: Plan;
  readonly route: MatchedRoute | undefined;
}

/** The phases that the middleware of a route adds to the front of its plan. */
export function middlewarePhases(middleware: readonly AnyMiddleware[], label: string): readonly Asked[][] {
  if (middleware.length === 0) return [];
  const all = middleware.map(middlewareNeeds).filter((needs) => needs !== undefined);
  const where = `a middleware of ${label}`;
  return all.map((needs) => Object.entries(needs).map(([name, need]) => ({ need, name, where })));
}

/** Puts middleware around a handler, the first one outermost. Without any the handler stays what it is. */
export function compileMiddleware(handle: Handle, parts: MiddlewareParts): Handle {
  const { middleware, plan } = parts;
  if (middleware.length === 0) return handle;
  let phase = countPhases(middleware);
  let inner: Handle = compileAnswer(handle, parts);
  for (const one of middleware.toReversed()) {
    const needs = middlewareNeeds(one);
    const enter =
      needs === undefined ? enterPlain(one as Middleware) : enterTyped(one, Object.keys(needs), plan.phases[--phase]!, parts);
    inner = compileLayer(one, enter, inner, parts);
  }
  return inner;
}

/** How many phases of a plan are those of middleware. */
export function countPhases(middleware: readonly AnyMiddleware[]): number {
  return middleware.filter((one) => middlewareNeeds(one) !== undefined).length;
}

/** What the handler answers, ready to be looked at. */
function compileAnswer(handle: Handle, { answer }: MiddlewareParts): Handle {
  const accept = (response: Response, exchange: Exchange): Response | Promise<Response> =>
    response.body instanceof LazyBody ? prepare(response, exchange, answer) : ownAnswer(response, exchange);
  return (exchange) => {
    const answering = handle(exchange);
    return answering instanceof Response ? accept(answering, exchange) : answering.then((response) => accept(response, exchange));
  };
}

/** A file is opened and a stream begun: their errors are answers, too, which a middleware has to see. */
async function prepare(response: Response, exchange: Exchange, answer: HandlerParts["answer"]): Promise<Response> {
  let ready = response;
  try {
    ready = await prepareResponse(response, exchange.request);
    closeAtEnd(ready, exchange);
  } catch (error) {
    ready = await fail({ error }, exchange, answer);
  }
  return ownAnswer(ready, exchange);
}

/** A middleware may answer with something else than the stream that it was given. */
function closeAtEnd({ body }: Response, exchange: Exchange): void {
  if (!(body instanceof LazyBody)) return;
  const unwinding = new Unwinding();
  exchange.moveUnwinding(unwinding);
  unwinding.add(() => body.close(), "response", "the body of a response"); // the first to end: a stream may use what is still open
  exchange.leave(unwinding);
}

/** Calls a middleware. What it makes for that is added to `unwinding`. */
type Enter = (exchange: Exchange, next: Next, unwinding: Unwinding) => unknown;

function enterPlain(run: Middleware): Enter {
  return ({ request }, next) => run(request, next);
}

function enterTyped(
  typed: AnyMiddleware,
  names: readonly string[],
  phase: Phase,
  { plan, inputs, route }: MiddlewareParts,
): Enter {
  const tasks = compileTasks(phase, inputs);
  const { slots } = phase;
  const run = typed as unknown as (values: Record<string, unknown>, next: Next) => unknown;
  return async (exchange, next, unwinding) => {
    const values = (exchange.values ??= plan.template.slice());
    await runPhaseTasks(tasks, exchange, values, unwinding);
    const given: Record<string, unknown> = { request: exchange.request, route };
    for (let index = 0; index < names.length; index++) given[names[index]!] = values[slots[index]!];
    return run(given, next);
  };
}

function compileLayer(one: AnyMiddleware, enter: Enter, inner: Handle, { answer, teardownTimeoutMs }: MiddlewareParts): Handle {
  const hasNeeds = middlewareNeeds(one) !== undefined;
  const name = (one as { name?: string }).name || "a middleware";

  const settle = async (returned: unknown, passage: Passage, unwinding: Unwinding): Promise<Response> => {
    const { exchange } = passage;
    let response: Response | undefined;
    let failure: Failure | undefined;
    try {
      response = checkReturned(isThenable(returned) ? await returned : returned, name);
    } catch (error) {
      failure = { error };
    }
    passage.isOver = true;
    // Who did not wait for next() has something else to answer. What is further in may need what this one still holds open.
    if (passage.below !== undefined && (response === undefined || response !== exchange.owned)) await passage.below;
    if (!unwinding.isEmpty) failure = await unwind(unwinding, failure, exchange);
    if (failure !== undefined) response = await fail(failure, exchange, answer);
    return ownResponse(response!, exchange);
  };

  return (exchange) => {
    const unwinding = hasNeeds ? new Unwinding(teardownTimeoutMs) : noUnwinding;
    const passage: Passage = { exchange, below: undefined, isOver: false };
    const next: Next = () => {
      if (passage.isOver) throw new Error(`next() was called after ${name} had returned`);
      if (passage.below !== undefined) throw new Error(`next() was called twice by ${name}: keep what the first call gave`);
      return (passage.below = Promise.resolve(inner(exchange)));
    };
    let returned: unknown;
    try {
      returned = enter(exchange, next, unwinding);
      if (returned !== undefined && returned === passage.below) {
        passage.isOver = true;
        return passage.below; // who only passes on has nothing to do with the answer
      }
    } catch (error) {
      returned = Promise.reject(error as Error);
    }
    return settle(returned, passage, unwinding);
  };
}

/** What becomes of one call of a middleware. */
interface Passage {
  readonly exchange: Exchange;
  /** What is further in, from the call of `next` on. */
  below: Promise<Response> | undefined;
  isOver: boolean;
}

// Shared by all that make nothing: nothing is ever added to it.
const noUnwinding = new Unwinding();

/** Ends what a middleware held open, after all that is further in. It is told the failure that was answered there. */
async function unwind(unwinding: Unwinding, failure: Failure | undefined, exchange: Exchange): Promise<Failure | undefined> {
  exchange.moveUnwinding(unwinding);
  const known = failure ?? exchange.failure;
  const outcome = await unwinding.handlerDone(known);
  if (!unwinding.isEmpty) exchange.leave(unwinding);
  return outcome?.error === known?.error ? failure : outcome;
}

/** What is still open further in ends now: nothing of it will be sent. */
async function fail(failure: Failure, exchange: Exchange, answer: HandlerParts["answer"]): Promise<Response> {
  const { unwinding } = exchange;
  exchange.unwinding = undefined;
  exchange.failure = (await unwinding?.handlerDone(failure)) ?? failure;
  return answer(exchange.failure.error, exchange);
}

function checkReturned(returned: unknown, name: string): Response {
  if (returned instanceof Response) return returned;
  const what = isWebResponse(returned)
    ? "the web-standard Response"
    : returned === undefined
      ? "nothing"
      : Object.prototype.toString.call(returned).slice("[object ".length, -1);
  const mend =
    returned === undefined ? "return next()" : 'import { Response } from "madeleine"; a plain value: new JSONResponse(value)';
  throw new TypeError(`${name} returned ${what}, and a middleware returns a Response. mend: ${mend}`);
}
