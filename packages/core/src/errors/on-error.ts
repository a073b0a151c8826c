import type { Class } from "@madeleine/di";
import type { ErrorHandler } from "./error-answers.ts";

/** How a controller or a group of routes answers one kind of error. */
export interface ErrorRule {
  readonly kind: number | Class;
  readonly handler: ErrorHandler;
}

/**
 * An answer to errors by status, or by class, for the `errors` of a controller or a router: `errors: [onError(OutOfStock, () => …)]`.
 *
 * The rules of the innermost group count before those outside of it, and the application's `app.on(…)` last.
 */
export function onError(status: number, handler: ErrorHandler): ErrorRule;
export function onError<E>(kind: abstract new (...parameters: never[]) => E, handler: ErrorHandler<E>): ErrorRule;
export function onError(kind: number | Class, handler: ErrorHandler<never>): ErrorRule {
  if (typeof handler !== "function") throw new TypeError("onError(kind, handler): the handler is a function");
  return { kind, handler: handler as ErrorHandler };
}
