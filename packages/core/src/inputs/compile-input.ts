import { compileModel, compileText } from "@madeleine/http";
import type { $ZodType } from "zod/v4/core";
import { isModelSource, type InputSource } from "../parameters/source.ts";
import { missing } from "../validation/index.ts";
import { bodyInput } from "./body.ts";
import { compileCheck } from "./check.ts";
import type { Input, InputSettings } from "./input.ts";
import { readModel } from "./model.ts";
import { textReader } from "./read-text.ts";
import { uploadInput } from "./upload.ts";

/** The reading of one source, with everything settled that its declaration settles. Errors: TextSchemaError. */
export function compileInput(source: InputSource, slot: number, settings: InputSettings): Input {
  if (source.in === "given" || source.in === "stream") return givenInput(source, slot);
  if (source.in === "raw") return rawInput(source, slot);
  if (source.in === "upload") return uploadInput(source, slot);
  if (source.in === "body") return bodyInput(source, slot, settings);
  if (source.in === "form") return refusingFiles(source, settings, textualInput(source, slot, settings));
  return textualInput(source, slot, settings);
}

function textualInput(source: InputSource, slot: number, settings: InputSettings): Input {
  if (source.definition !== undefined) return definedCookieInput(source, slot);
  if (source.schema === undefined) return plainInput(source, slot, settings);
  return isModelSource(source)
    ? modelInput(source, source.schema, slot, settings)
    : textInput(source, source.schema, slot, settings);
}

/** A file where text is read is told as what it is: it was sent, and "Field required" would not be true. */
function refusingFiles(source: InputSource, { named }: InputSettings, input: Input): Input {
  const model = isModelSource(source) ? compileModel(source.schema!) : undefined;
  const names = model === undefined ? [nameOf(source)] : model.fields.map(({ key }) => key);
  const textual = names.filter((name) => named?.().get("upload")?.has(name) !== true);
  return (exchange, body, values, problems) => {
    const { form } = body;
    const files = form === undefined ? [] : textual.filter((name) => form.files.has(name) && !form.has(name));
    if (files.length === 0) return input(exchange, body, values, problems);
    for (const name of files) problems.push({ type: "string_type", loc: ["body", name], msg: "Input should be a valid string" });
  };
}

function givenInput(source: InputSource, slot: number): Input {
  const give = source.give!;
  return (exchange, _, values) => {
    values[slot] = give(exchange);
  };
}

function rawInput(source: InputSource, slot: number): Input {
  const give = source.give!;
  return async (exchange, _, values) => {
    values[slot] = await give(exchange);
  };
}

function plainInput(source: InputSource, slot: number, { pathNames }: InputSettings): Input {
  const read = textReader(source, nameOf(source), false, pathNames);
  return (exchange, body, values) => {
    values[slot] = read(exchange, body.form);
  };
}

function textInput(source: InputSource, schema: $ZodType, slot: number, settings: InputSettings): Input {
  const text = compileText(schema);
  const name = nameOf(source);
  const read = textReader(source, name, text.many, settings.pathNames);
  const check = compileCheck({ schema, slot, loc: [locOf(source), name], exposeInput: showsInput(source, settings) });
  return (exchange, body, values, problems) => {
    const received = read(exchange, body.form);
    return check(text.decode(received), received, values, problems);
  };
}

function modelInput(source: InputSource, schema: $ZodType, slot: number, settings: InputSettings): Input {
  const model = compileModel(schema)!;
  const reader = readModel(source, model, settings);
  const check = compileCheck({ schema, slot, loc: [locOf(source)], exposeInput: showsInput(source, settings) });
  return (exchange, { form }, values, problems) => {
    const readText = (): unknown => reader.readText(exchange, form);
    return check(reader.read(exchange, form), readText, values, problems);
  };
}

// What the definition reads is what its schema gives: it needs no second check, only that something is there.
function definedCookieInput(source: InputSource, slot: number): Input {
  const definition = source.definition!;
  const { acceptsUndefined } = absence(definition.schema);
  return (exchange, _, values, problems) => {
    const value = exchange.request.cookies.get(definition);
    if (value === undefined && !acceptsUndefined) problems.push(missing(["cookie", definition.name]));
    values[slot] = value;
  };
}

function absence(schema: $ZodType): { acceptsUndefined: boolean } {
  // optout says that a schema may give undefined: a missing value is then what it means
  return { acceptsUndefined: schema._zod.optout === "optional" || schema._zod.optin === "optional" };
}

/** FastAPI calls forms a body; so does the `loc` of their problems. */
export function locOf(source: InputSource): string {
  return source.in === "form" ? "body" : source.in;
}

export function nameOf(source: InputSource): string {
  return source.name ?? "";
}

function showsInput(source: InputSource, { exposeInput }: InputSettings): boolean {
  return exposeInput || source.in === "path" || source.in === "query";
}
