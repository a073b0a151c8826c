import { toParam, type Param, type SourceDeclaration } from "@madeleine/di";
import { isModel, type CookieDefinition } from "@madeleine/http";
import type { $ZodType } from "zod/v4/core";
import type { Exchange } from "../exchange.ts";
import type { UploadOptions } from "./upload-options.ts";

/**
 * Where in a request a value is. `raw` is the body as it came, whole; `stream` is the body while it arrives; `given` is what comes with
 * every request: the request itself, its response, its signal.
 */
export type SourceKind = "path" | "query" | "header" | "cookie" | "body" | "form" | "upload" | "raw" | "stream" | "given";

/** A value of the request, as it was declared. */
export interface InputSource extends SourceDeclaration {
  readonly in: SourceKind;
  /** As written; undefined where it comes from the place that asks. */
  readonly ownName: string | undefined;
  /** As it is known on the wire, and in a 422; undefined for the whole body or a whole-source model. */
  readonly name: string | undefined;
  readonly schema: $ZodType | undefined;
  readonly definition: CookieDefinition<$ZodType, string> | undefined;
  /** Only of `given`, `raw` and `stream`: of `raw` a promise. */
  readonly give: ((exchange: Exchange) => unknown) | undefined;
  /** Only of `upload`. */
  readonly files: UploadOptions | undefined;
  named(name: string): InputSource;
}

interface SourceParts {
  in: SourceKind;
  ownName?: string | undefined;
  name?: string | undefined;
  schema?: $ZodType | undefined;
  definition?: CookieDefinition<$ZodType, string> | undefined;
  give?: ((exchange: Exchange) => unknown) | undefined;
  files?: UploadOptions | undefined;
}

const titles: Record<SourceKind, string> = {
  path: "Path",
  query: "Query",
  header: "Header",
  cookie: "Cookie",
  body: "Body",
  form: "Form",
  upload: "Upload",
  raw: "",
  stream: "",
  given: "",
};

/** The parameter decorator of a source, from what was written in its parentheses. */
export function toSource<V>(parts: SourceParts): Param<V> {
  return toParam<V>(new Source(parts));
}

class Source implements InputSource {
  readonly kind = "source";
  readonly in: SourceKind;
  readonly ownName: string | undefined;
  readonly name: string | undefined;
  readonly schema: $ZodType | undefined;
  readonly definition: CookieDefinition<$ZodType, string> | undefined;
  readonly give: ((exchange: Exchange) => unknown) | undefined;
  readonly files: UploadOptions | undefined;
  #named: Map<string, InputSource> | undefined;
  #label: string | undefined;

  constructor(parts: SourceParts) {
    this.in = parts.in;
    this.ownName = parts.ownName;
    this.name = parts.name ?? parts.ownName;
    this.schema = parts.schema;
    this.definition = parts.definition;
    this.give = parts.give;
    this.files = parts.files;
  }

  get label(): string {
    if (isOfRequest(this.in)) return this.name ?? "";
    return (this.#label ??= `${titles[this.in]}(${this.name === undefined ? "" : JSON.stringify(this.name)})`);
  }

  /** One and the same source for one name, so that a graph reads it once. A whole body is one whatever its parameter is called. */
  named(name: string): InputSource {
    if (this.ownName !== undefined || isOfRequest(this.in) || this.in === "body") return this;
    const named = (this.#named ??= new Map());
    let found = named.get(name);
    if (found === undefined)
      named.set(name, (found = new Source({ ...this.#parts, name: this.in === "header" ? headerName(name) : name })));
    return found;
  }

  get #parts(): SourceParts {
    return { in: this.in, schema: this.schema, definition: this.definition, give: this.give, files: this.files };
  }
}

/** Whether a source is known by what it is, and not by a name on the wire. */
export function isOfRequest(kind: SourceKind): boolean {
  return kind === "given" || kind === "raw" || kind === "stream";
}

/** An object schema without a name stands for the whole source. */
export function isModelSource(source: InputSource): source is InputSource & { readonly schema: $ZodType } {
  const { in: kind, ownName, schema } = source;
  return ownName === undefined && schema !== undefined && kind !== "body" && kind !== "stream" && isModel(schema);
}

/** Shape: `userAgent` and `user_agent` both give `"user-agent"`. A name that is written out is taken as it is. */
export function headerName(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replaceAll("_", "-")
    .toLowerCase();
}

/**
 * Splits `(name)`, `(schema)`, `(name, schema)` and `()`.
 *
 * Errors: TypeError where the arguments are something else. A schema that is written and undefined would let everything through: it is
 *         declared later, or two modules import each other.
 */
export function readArguments(decorator: string, written: readonly unknown[]): { ownName?: string; schema?: $ZodType } {
  const [first, second] = written;
  if (written.length === 0) return {};
  if (written.length < 3 && written.includes(undefined))
    throw new TypeError(
      `@${decorator}(…): what is written in its parentheses is undefined. mend: declare the schema before it; where two modules import each other, move it into a third`,
    );
  if (typeof first === "string" && written.length === 1) return { ownName: first };
  if (typeof first === "string" && isSchemaLike(second)) return { ownName: first, schema: second };
  if (isSchemaLike(first) && written.length === 1) return { schema: first };
  throw new TypeError(`@${decorator}(…) takes a name, a schema, or a name and a schema`);
}

// Also schemas of other libraries: boot refuses those with all other problems, by name.
function isSchemaLike(value: unknown): value is $ZodType {
  return (
    (typeof value === "object" || typeof value === "function") &&
    value !== null &&
    ("_zod" in value || "~standard" in value || "_def" in value)
  );
}
