import type { FormFields } from "@madeleine/http";
import type { Exchange } from "../exchange.ts";
import type { InputSource } from "../parameters/source.ts";

/** The text of a source in a request: one, all of a name, or none. `form` is there where the route reads one. */
export type ReadText = (exchange: Exchange, form: FormFields | undefined) => string | readonly string[] | undefined;

/**
 * How the text of a source is read; settled once, at boot. `many` reads all values of a name, for arrays and sets.
 *
 * `pathNames` are the names of the route's path, whose values come by position.
 */
export function textReader(source: Pick<InputSource, "in">, name: string, many: boolean, pathNames: readonly string[]): ReadText {
  switch (source.in) {
    case "path": {
      const position = pathNames.indexOf(name);
      return many ? (exchange) => present(exchange.parameters[position]) : (exchange) => exchange.parameters[position];
    }
    case "query":
      return many ? (exchange) => none(exchange.request.query.getAll(name)) : (exchange) => exchange.request.query.get(name);
    case "header":
      return many ? (exchange) => none(exchange.request.headers.getAll(name)) : (exchange) => exchange.request.headers.get(name);
    case "cookie":
      return many ? (exchange) => none(exchange.request.cookies.getAll(name)) : (exchange) => exchange.request.cookies.get(name);
    case "form":
      // An empty field counts as absent: browsers send one for every empty input (FastAPI does the same).
      return many
        ? (_, form) => none(form?.getAll(name).filter((text) => text !== ""))
        : (_, form) => form?.get(name) || undefined;
    default:
      throw new Error(`${source.in} is no source of text`);
  }
}

// A name that was not given is absent, and not an empty list: only then a default counts.
function none(texts: readonly string[] | undefined): readonly string[] | undefined {
  return texts === undefined || texts.length === 0 ? undefined : texts;
}

function present(text: string | undefined): readonly string[] | undefined {
  return text === undefined ? undefined : [text];
}
