import { safeParse, type $ZodType, type output } from "zod/v4/core";
import { compileText, encodeText, invertible, TextSchemaError, type CompiledText } from "../text/index.ts";
import { checkLifetime } from "./attribute-rules.ts";
import { attributeText, lifetimeText, writeAttributes, type AttributeText } from "./attributes.ts";
import { CookieError } from "./cookie-error.ts";
import type { CookieName } from "./cookie-name.ts";
import type { CookieAttributes, CookieLifetime, CookieOptions, OptionsArgument } from "./options.ts";
import { cookiePair } from "./serialize.ts";
import type { SetCookie } from "./set-cookie.ts";

/**
 * Defines a cookie once, for writing, reading and deleting. Secure by default: `httpOnly`, `sameSite: "lax"`, `secure: "auto"`.
 *
 * Shape:  `const Theme = defineCookie("theme", z.enum(["light", "dark"]).default("light"), { maxAge: 31_536_000 })`, then
 *         `response.setCookie(Theme, "dark")`, `@Cookie(Theme) theme: "light" | "dark"`, `response.deleteCookie(Theme)`.
 * Errors: CookieError for a name or attributes that browsers drop, and for a schema that cannot be written back to text:
 *         a transform goes one way only, a codec both.
 */
export function defineCookie<Name extends string, Schema extends $ZodType>(
  name: Name & CookieName<Name>,
  schema: Schema,
  ...options: OptionsArgument<CookieOptions<Name>>
): CookieDefinition<Schema, Name> {
  const given: CookieAttributes = options[0] ?? {};
  return new CookieDefinition(name, schema, { ...given, httpOnly: given.httpOnly ?? true, secure: given.secure ?? "auto" });
}

/** A cookie whose name, value and attributes are settled; made by {@link defineCookie}. */
export class CookieDefinition<Schema extends $ZodType = $ZodType, Name extends string = string> {
  readonly name: Name;
  readonly schema: Schema;
  readonly attributes: CookieAttributes;
  readonly #text: CompiledText;
  readonly #written: AttributeText;

  constructor(name: Name, schema: Schema, attributes: CookieAttributes) {
    this.name = name;
    this.schema = schema;
    this.attributes = attributes;
    this.#text = compileCookieText(name, schema);
    this.#written = writeAttributes(name, attributes);
  }

  /**
   * The value that a request's cookies of this name hold; the first of several counts (RFC 6265 §5.4: the most specific one).
   *
   * Shape:  a value that does not fit the schema, perhaps of an older version, reads as an absent one: as what the schema
   *         gives for `undefined`, or `undefined` where it demands a value.
   * Errors: CookieError where the schema is asynchronous.
   */
  decode(candidates: readonly string[]): output<Schema> | undefined {
    const [first] = candidates;
    if (first !== undefined) {
      const present = this.#parse(this.#text.decode(first));
      if (present.success) return present.data;
    }
    return this.#parse(undefined).data;
  }

  /**
   * The text of a value, before it is percent-encoded.
   *
   * Errors: CookieError for a value that does not fit the schema: the compiler refuses it, a cast does not.
   */
  encode(value: Exclude<output<Schema>, undefined>): string {
    try {
      return encodeText(this.schema, value);
    } catch (cause) {
      const problem = "the value does not fit its schema and would be read as absent";
      throw new CookieError(this.name, "COOKIE_VALUE", problem, "a value of the schema's output type", { cause });
    }
  }

  /** The cookie with this value, as a response sends it; a lifetime takes the place of the definition's. */
  toSetCookie(value: Exclude<output<Schema>, undefined>, lifetime?: CookieLifetime): SetCookie {
    const attributes = lifetime === undefined ? this.#written : this.#withLifetime(lifetime);
    return { name: this.name, pair: cookiePair(this.name, this.encode(value), attributes), attributes };
  }

  #withLifetime({ maxAge, expires }: CookieLifetime): AttributeText {
    if (maxAge === undefined && expires === undefined) return this.#written;
    checkLifetime(this.name, { maxAge, expires });
    return attributeText(lifetimeText({ maxAge, expires }), this.attributes);
  }

  #parse(value: unknown): { success: boolean; data?: output<Schema> } {
    try {
      return safeParse(this.schema, value);
    } catch (cause) {
      throw new CookieError(
        this.name,
        "COOKIE_SCHEMA",
        "its schema could not check a value",
        "a schema without asynchronous checks, and whose checks do not throw",
        { cause },
      );
    }
  }
}

// A list or an object is one cookie that holds JSON, not several cookies: of equal names a browser keeps one.
function compileCookieText(name: string, schema: $ZodType): CompiledText {
  const problem = invertible(schema);
  if (problem !== undefined) throw schemaError(name, problem);
  try {
    return compileText(schema, { json: true });
  } catch (cause) {
    if (cause instanceof TextSchemaError) throw schemaError(name, cause.message, { cause });
    throw cause;
  }
}

function schemaError(name: string, problem: string, options?: ErrorOptions): CookieError {
  const mend = "a schema of text, or z.codec(z.string(), …) with both directions";
  return new CookieError(name, "COOKIE_SCHEMA", `text cannot carry values of its schema: ${problem}`, mend, options);
}
