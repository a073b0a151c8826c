import type { PlannedSource } from "@madeleine/di";
import type { FormFields } from "@madeleine/http";
import type { Exchange } from "../exchange.ts";
import type { InputSource, SourceKind } from "../parameters/source.ts";
import type { Task } from "../task.ts";
import { RequestValidationError, type Problem } from "../validation/index.ts";
import { compileInput } from "./compile-input.ts";
import type { Input, InputSettings, ReadBody } from "./input.ts";
import { bodyKind, parseReceived, receiveForm, receiveJson, receiveKeptForm } from "./read-body.ts";

// The order in which problems are told, as FastAPI does it: the texts and files of a form as they were declared.
const order: readonly SourceKind[] = ["given", "path", "query", "header", "cookie", "form", "body", "raw", "stream"];

/**
 * How a phase reads all its sources into their slots: the body is waited for first, where there is one to read.
 *
 * Errors: those of the body; then one RequestValidationError with all problems.
 */
export function compileInputs(sources: readonly PlannedSource[], settings: InputSettings): Task[] {
  if (sources.length === 0) return [];
  const planned = sources
    .map(({ slot, source }) => ({ slot, source: source as InputSource })) // core makes every source itself
    .toSorted((a, b) => rankOf(a.source) - rankOf(b.source));
  const inputs = planned.map(({ source, slot }) => compileInput(source, slot, settings));
  const kind = bodyKind(planned.map(({ source }) => source));
  if (kind === "none") return [{ run: (exchange, values) => readAll(inputs, exchange, noBody, values) }];
  return kind === "json" ? readJsonInputs(inputs) : readFormInputs(inputs, settings);
}

function rankOf({ in: kind }: InputSource): number {
  return order.indexOf(kind === "upload" ? "form" : kind);
}

const noBody: ReadBody = {};

function readJsonInputs(inputs: readonly Input[]): Task[] {
  return [
    { run: ({ request }) => receiveJson(request) },
    {
      run: (exchange, values, _, received) => {
        const json = received === undefined ? undefined : parseReceived(exchange.request, received as Buffer);
        return readAll(inputs, exchange, { json }, values);
      },
    },
  ];
}

function readFormInputs(inputs: readonly Input[], { keepsBody }: InputSettings): Task[] {
  const receive = keepsBody === true ? receiveKeptForm : receiveForm;
  return [
    { run: ({ request }) => receive(request) },
    { run: (exchange, values, _, form) => readAll(inputs, exchange, { form: form as FormFields | undefined }, values) },
  ];
}

function readAll(inputs: readonly Input[], exchange: Exchange, body: ReadBody, values: unknown[]): void | Promise<void> {
  let problems: Problem[] = [];
  let waited: { readonly pending: Promise<void>[]; readonly told: Problem[][] } | undefined;
  try {
    for (const input of inputs) {
      const promise = input(exchange, body, values, problems);
      if (promise === undefined) continue;
      waited ??= { pending: [], told: [] };
      waited.pending.push(promise);
      waited.told.push(problems);
      problems = []; // what the next ones tell stands behind what is waited for
    }
  } catch (error) {
    for (const promise of waited?.pending ?? []) promise.catch(() => {}); // the request has failed: of theirs nobody hears (ST-05)
    throw error;
  }
  if (waited !== undefined) {
    const { pending, told } = waited;
    return Promise.all(pending).then(() => refuse([...told, problems].flat(), body));
  }
  refuse(problems, body);
}

function refuse(problems: readonly Problem[], { json, form }: ReadBody): void {
  if (problems.length > 0) throw new RequestValidationError(problems, form === undefined ? json : Object.fromEntries(form));
}
