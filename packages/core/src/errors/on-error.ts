import type { Class } from "@madeleine/di";
import type { Request } from "@madeleine/http";

/** Answers an error: with a response, or with a page or a value that is sent, as HTML or JSON, under the error's own status. */
export type ErrorHandler<E = unknown> = (error: E, request: Request) => unknown;

/** How a controller or a group of routes answers one kind of error. */
export interface ErrorRule {
  readonly kind: number | Class;
  readonly handler: ErrorHandler;
}

/**
 * An answer to errors by status, or by class, for the `errors` of a controller or a router: `errors: [onError(OutOfStock, () => …)]`.
 *
 * The rules of the innermost group count before those outside of it, and the application's `app.on(…)` last.
 *
 * Errors: TypeError for a kind that no error ever is.
 */
export function onError(status: number, handler: ErrorHandler): ErrorRule;
export function onError<E>(kind: abstract new (...parameters: never[]) => E, handler: ErrorHandler<E>): ErrorRule;
export function onError(kind: number | Class, handler: ErrorHandler<never>): ErrorRule {
  return toErrorRule("onError", kind, handler as ErrorHandler);
}

/** A rule that can come to answer; `call` is what the reader wrote. Errors: TypeError. */
export function toErrorRule(call: string, kind: number | Class, handler: ErrorHandler): ErrorRule {
  if (typeof handler !== "function") throw new TypeError(`${call}(kind, handler): the handler is a function`);
  const isKind = typeof kind === "number" ? Number.isInteger(kind) && kind >= 400 && kind <= 599 : typeof kind === "function";
  if (isKind) return { kind, handler };
  const shown = typeof kind === "string" ? JSON.stringify(kind) : String(kind);
  throw new TypeError(`${call}(${shown}, handler) would never answer. mend: a status from 400 to 599, or a class of errors`);
}

/** Shape: `"errors answers 404 twice, and only the last would answer"`; undefined where each kind is answered once, or again by the same handler. */
export function twiceAnswered(rules: readonly ErrorRule[]): string | undefined {
  const last = new Map(rules.map(({ kind, handler }) => [kind, handler]));
  const lost = rules.find(({ kind, handler }) => last.get(kind) !== handler);
  return lost && `errors answers ${nameOfKind(lost.kind)} twice, and only the last would answer`;
}

/** Shape: `"404"`, `"OutOfStock"`. */
export function nameOfKind(kind: ErrorRule["kind"]): string {
  return typeof kind === "number" ? String(kind) : kind.name || "a class without a name";
}
