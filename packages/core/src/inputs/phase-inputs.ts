import type { PlannedSource } from "@madeleine/di";
import type { Exchange } from "../exchange.ts";
import type { InputSource, SourceKind } from "../parameters/source.ts";
import { RequestValidationError, type Problem } from "../validation/index.ts";
import { compileInput, type Input, type InputSettings, type ReadBody } from "./compile-input.ts";
import { bodyKind, readBody } from "./read-body.ts";

/** Reads all sources of a phase into their slots. Errors: one RequestValidationError with all their problems. */
export type ReadInputs = (exchange: Exchange, values: unknown[]) => void | Promise<void>;

// The order in which problems are told, as FastAPI does it.
const order: readonly SourceKind[] = ["given", "path", "query", "header", "cookie", "form", "upload", "body", "raw", "stream"];

/** The reading of a phase, or undefined where it has no sources. */
export function compileInputs(sources: readonly PlannedSource[], settings: InputSettings): ReadInputs | undefined {
  if (sources.length === 0) return undefined;
  const planned = sources
    .map(({ slot, source }) => ({ slot, source: source as InputSource })) // core makes every source itself
    .toSorted((a, b) => order.indexOf(a.source.in) - order.indexOf(b.source.in));
  const inputs = planned.map(({ source, slot }) => compileInput(source, slot, settings));
  const kind = bodyKind(planned.map(({ source }) => source));
  if (kind === "none") return (exchange, values) => readAll(inputs, exchange, noBody, values);
  const read: ReadInputs = (exchange, values) =>
    readBody(exchange.request, kind, (body) => readAll(inputs, exchange, body, values));
  if (settings.keepsBody !== true) return read;
  return async (exchange, values) => {
    await exchange.request.bytes(); // before a form goes through them
    return read(exchange, values);
  };
}

const noBody: ReadBody = {};

function readAll(inputs: readonly Input[], exchange: Exchange, body: ReadBody, values: unknown[]): void | Promise<void> {
  const problems: Problem[] = [];
  let pending: Promise<void>[] | undefined;
  for (const input of inputs) {
    const promise = input(exchange, body, values, problems);
    if (promise !== undefined) (pending ??= []).push(promise);
  }
  if (pending !== undefined) return Promise.all(pending).then(() => refuse(problems, body));
  refuse(problems, body);
}

function refuse(problems: readonly Problem[], { json, form }: ReadBody): void {
  if (problems.length > 0) throw new RequestValidationError(problems, form === undefined ? json : Object.fromEntries(form));
}
