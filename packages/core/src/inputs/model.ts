import type { CompiledText, FormFields, TextModel } from "@madeleine/http";
import type { Exchange } from "../exchange.ts";
import { headerName, type InputSource, type SourceKind } from "../parameters/source.ts";
import type { InputSettings } from "./input.ts";
import { textReader } from "./read-text.ts";

/** Reads a whole source as one object, from its text. */
export interface ModelReader {
  read(exchange: Exchange, form: FormFields | undefined): Record<string, unknown>;
  /** The same without decoding: what the client is told that it sent. */
  readText(exchange: Exchange, form: FormFields | undefined): Record<string, unknown>;
}

/**
 * The reader of a source by the fields of its schema.
 *
 * Keys that the schema does not name are read only where it wants to see them: a strict schema to refuse them, a loose one
 * to pass them on.
 */
export function readModel(
  source: InputSource,
  model: TextModel,
  { pathNames, named }: Pick<InputSettings, "pathNames" | "named">,
): ModelReader {
  const fields = model.fields.map(({ key, text }) => {
    const name = source.in === "header" ? headerName(key) : key;
    return { key, name, text, read: textReader(source, name, text.many, pathNames) };
  });
  const seesExtras = model.passesExtras || model.forbidsExtras;
  // What is read beside the model is no extra that a strict one could refuse; a loose one still wants to see it, but for files.
  const kinds: SourceKind[] = [
    ...(model.forbidsExtras ? [source.in] : []),
    ...(source.in === "form" ? (["upload"] as const) : []),
  ];
  const beside = seesExtras ? kinds.flatMap((kind) => [...(named?.().get(kind) ?? [])]) : [];
  // A header's underscore is another name than its hyphen, and never stands in for it.
  const known = new Set([...fields.flatMap((field) => [field.name, field.key]), ...beside]);
  const readAll = (exchange: Exchange, form: FormFields | undefined, decode: Decode): Record<string, unknown> => {
    const object: Record<string, unknown> = Object.create(null) as Record<string, unknown>; // a key may be "__proto__"
    for (const { key, text, read } of fields) {
      const value = decode(text, read(exchange, form));
      if (value !== undefined) object[key] = value;
    }
    if (seesExtras)
      addExtras(object, entriesOf(source, exchange, form), { exchange, source, known, extras: model.extras, decode });
    return { ...object };
  };
  return {
    read: (exchange, form) => readAll(exchange, form, decoded),
    readText: (exchange, form) => readAll(exchange, form, asReceived),
  };
}

type Received = string | readonly string[] | undefined;
type Decode = (text: CompiledText, received: Received) => unknown;

const decoded: Decode = (text, received) => text.decode(received);
const asReceived: Decode = (_, received) => received;

interface Extras {
  readonly exchange: Exchange;
  readonly source: InputSource;
  readonly known: ReadonlySet<string>;
  readonly extras: CompiledText;
  readonly decode: Decode;
}

function addExtras(
  object: Record<string, unknown>,
  entries: Iterable<readonly [string, string]>,
  { exchange, source, known, extras, decode }: Extras,
): void {
  const received = new Map<string, string[]>();
  for (const [name, value] of entries) {
    if (known.has(name) || (source.in === "header" && sentByEveryClient.has(name))) continue;
    const values = received.get(name);
    if (values === undefined) received.set(name, [value]);
    else values.push(value);
  }
  for (const [name, values] of received) {
    const isOfLines = source.in === "header" && values.length > 1; // of several the first counts, or all of a list
    const one = isOfLines ? exchange.request.headers.get(name) : values.at(-1);
    object[name] = decode(extras, extras.many ? values : one);
  }
}

// A strict header model would otherwise refuse every request: no client can leave these out.
const sentByEveryClient = new Set([
  "host",
  "connection",
  "accept",
  "accept-encoding",
  "accept-language",
  "user-agent",
  "content-length",
  "content-type",
  "transfer-encoding",
  "sec-fetch-mode",
]);

function entriesOf(source: InputSource, exchange: Exchange, form: FormFields | undefined): Iterable<readonly [string, string]> {
  const { request } = exchange;
  if (source.in === "query") return request.query;
  if (source.in === "header") return request.headers;
  if (source.in === "cookie") return request.cookies;
  return form === undefined ? [] : [...form, ...[...form.files].map(([name, file]) => [name, file.filename] as const)];
}
