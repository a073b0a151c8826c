import { safeParse, type $ZodType, type output } from "zod/v4/core";
import { compileText, encodeText, invertible, makeMeasurable, TextSchemaError, type CompiledText } from "../text/index.ts";
import { checkLifetime, MAX_AGE_SECONDS } from "./attribute-rules.ts";
import { attributeText, lifetimeText, writeAttributes, type AttributeText } from "./attributes.ts";
import { CookieError } from "./cookie-error.ts";
import type { CookieName, PlainCookieName } from "./cookie-name.ts";
import { expireCookie } from "./expire.ts";
import type { AcceptsAbsence, CookieAttributes, CookieLifetime, DefinitionOptions, OptionsOrNone } from "./options.ts";
import type { CookieReading } from "./request-cookies.ts";
import type { CookieProtection } from "./sealing/cookie-keys.ts";
import type { OpenedCookie } from "./sealing/cookie-seal.ts";
import { encryptedLength } from "./sealing/encryption.ts";
import { SIGNATURE_LENGTH } from "./sealing/signature.ts";
import { checkCookieSize, cookiePair, encodeCookieValue } from "./serialize.ts";
import { requireConsent, requireKeys, type SealedPair, type SetCookie } from "./set-cookie.ts";

/**
 * Defines a cookie once, for writing, reading and deleting. Secure by default: `httpOnly`, `sameSite: "lax"`, `secure: "auto"`.
 *
 * Shape:  `const Theme = defineCookie("theme", z.enum(["light", "dark"]).default("light"), { maxAge: 31_536_000 })`, then
 *         `response.setCookie(Theme, "dark")`, `@Cookie(Theme) theme: "light" | "dark"`, `response.deleteCookie(Theme)`.
 * Errors: CookieError for a name or attributes that browsers drop, and for a schema that cannot be written back to text:
 *         a transform goes one way only, a codec both.
 */
export function defineCookie<Name extends string, Schema extends $ZodType>(
  name: Name & PlainCookieName<Name>,
  schema: Schema,
): CookieDefinition<Schema, Name>;
export function defineCookie<Name extends string, Schema extends $ZodType, Category extends string | undefined = undefined>(
  name: Name & CookieName<Name>,
  schema: Schema & AcceptsAbsence<Schema, Category>,
  options: OptionsOrNone<DefinitionOptions<Name, Category>>,
): CookieDefinition<Schema, Name>;
export function defineCookie(name: string, schema: $ZodType, options: AnyDefinitionOptions = {}): CookieDefinition {
  const { signed, encrypted, cleanup, category, ...attributes } = options;
  const rules: DefinitionRules = { protection: protectionOf(name, { signed, encrypted }), isCleaned: cleanup === true, category };
  const { httpOnly = true, secure = "auto" } = attributes;
  const definition = new CookieDefinition(name, schema, { ...attributes, httpOnly, secure }, rules);
  if (category !== undefined) remember(category, definition);
  return definition;
}

interface AnyDefinitionOptions extends CookieAttributes {
  readonly signed?: boolean | undefined;
  readonly encrypted?: boolean | undefined;
  readonly cleanup?: boolean | undefined;
  readonly category?: string | undefined;
}

/** What a definition says beside schema and attributes. */
export interface DefinitionRules {
  readonly protection: CookieProtection | undefined;
  readonly isCleaned: boolean;
  readonly category: string | undefined;
}

const plainRules: DefinitionRules = { protection: undefined, isCleaned: false, category: undefined };

function protectionOf(name: string, { signed, encrypted }: AnyDefinitionOptions): CookieProtection | undefined {
  if (signed === true && encrypted === true) {
    const problem = "it is signed and encrypted: what is encrypted cannot be changed either";
    throw new CookieError(name, "COOKIE_PROTECTION", problem, "encrypted: true alone");
  }
  if (encrypted === true) return "encrypted";
  return signed === true ? "signed" : undefined;
}

// Who withdraws a consent has to find them all, also those that no route reads.
const byCategory = new Map<string, Set<CookieDefinition>>();

function remember(category: string, definition: CookieDefinition): void {
  byCategory.set(category, (byCategory.get(category) ?? new Set()).add(definition));
}

/** Every definition that was made with this category. */
export function definitionsOf(category: string): Iterable<CookieDefinition> {
  return byCategory.get(category) ?? [];
}

/** A cookie whose name, value and attributes are settled; made by {@link defineCookie}. */
export class CookieDefinition<Schema extends $ZodType = $ZodType, Name extends string = string> {
  readonly name: Name;
  readonly schema: Schema;
  readonly attributes: CookieAttributes;
  /** Undefined for a cookie that its client can read and change. */
  readonly protection: CookieProtection | undefined;
  /** Undefined for a cookie that needs no consent. */
  readonly category: string | undefined;
  readonly #isCleaned: boolean;
  readonly #text: CompiledText;
  readonly #written: AttributeText;

  constructor(name: Name, schema: Schema, attributes: CookieAttributes, rules: DefinitionRules = plainRules) {
    this.name = name;
    this.schema = schema;
    this.attributes = attributes;
    this.protection = rules.protection;
    this.category = rules.category;
    this.#isCleaned = rules.isCleaned;
    this.#text = compileCookieText(name, schema);
    this.#written = writeAttributes(name, attributes);
    if (rules.category !== undefined) this.#checkAbsence();
  }

  /**
   * The value that a request's cookies of this name hold; the first of several counts (RFC 6265 §5.4: the most specific one), of
   * sealed ones the first that is genuine (CK-15).
   *
   * Shape:  a value that does not fit the schema, perhaps of an older version, reads as an absent one: as what the schema
   *         gives for `undefined`, or `undefined` where it demands a value. So does one that was tampered with, or needs a consent.
   * Errors: CookieError where the schema is asynchronous; where a sealed cookie has no keys, or one that needs consent nobody
   *         who asks for it.
   */
  decode(candidates: readonly string[], reading?: CookieReading): output<Schema> | undefined {
    const text = this.#receive(candidates, reading);
    if (text !== undefined) {
      const present = this.#parse(this.#text.decode(text));
      if (present.success) return present.data;
    }
    if (this.#isCleaned && candidates.length > 0) reading?.correct(expireCookie(this.name, this.attributes));
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
    const { name, protection, category } = this;
    const text = this.encode(value);
    if (protection === undefined) {
      const pair = cookiePair(name, text, attributes);
      return { name, pair, attributes, category };
    }
    checkCookieSize(name, name.length + 1 + sealedLength(name, text, protection), attributes);
    const lives = lifetime?.maxAge === undefined && lifetime?.expires === undefined ? this.attributes : lifetime;
    return this.#sealed(text, attributes, () => expiryOf(lives));
  }

  /** The text that counts; undefined where there is none, or none that may be believed or read. */
  #receive(candidates: readonly string[], reading: CookieReading | undefined): string | undefined {
    if (this.category !== undefined && !requireConsent(this.name, this.category, reading)) {
      // what came from before a withdrawal, or outlived the consent, is not kept
      if (candidates.length > 0) reading?.correct(expireCookie(this.name, this.attributes));
      return undefined;
    }
    return this.protection === undefined ? candidates[0] : this.#open(candidates, this.protection, reading);
  }

  #open(candidates: readonly string[], protection: CookieProtection, reading: CookieReading | undefined): string | undefined {
    const keys = requireKeys(this.name, reading?.keys);
    for (const candidate of candidates) {
      const opened = keys.open(protection, this.name, candidate);
      if (opened === undefined) continue;
      if (opened.isOutdated) reading?.correct(this.#renewed(opened));
      return opened.value;
    }
    if (candidates.length > 0) reading?.distrust(this.name);
    return undefined;
  }

  /** The same value under the newest secret, for as long as it had left. */
  #renewed({ value, expiresAt }: OpenedCookie): SetCookie {
    const maxAge = expiresAt === 0 ? undefined : Math.min(Math.ceil(expiresAt - Date.now() / 1000), MAX_AGE_SECONDS);
    const attributes = attributeText(lifetimeText({ maxAge }), this.attributes);
    return this.#sealed(value, attributes, () => expiresAt);
  }

  #sealed(text: string, attributes: AttributeText, expiresAt: () => number): SetCookie {
    const { name, category } = this;
    const protection = this.protection!; // asked for by who calls it
    const pair: SealedPair = (keys) => `${name}=${encodeCookieValue(name, keys.seal(protection, name, text, expiresAt()))}`;
    return { name, pair, attributes, category };
  }

  /** Without consent it reads as absent, so its schema has to have an answer to that. Errors: CookieError. */
  #checkAbsence(): void {
    if (this.#parse(undefined).success) return;
    const problem = "it needs consent, without which it reads as absent, and its schema demands a value";
    throw new CookieError(this.name, "COOKIE_SCHEMA", problem, "make the schema .optional() or .default(…)");
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
      if (makeMeasurable(value)) return this.#parse(value);
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

/** Characters of a sealed value as it is sent, so that a cookie that is too large is refused where it is set. Errors: CookieError. */
function sealedLength(name: string, text: string, protection: CookieProtection): number {
  const encoded = encodeCookieValue(name, text); // also refuses what is no well-formed text
  return protection === "signed" ? encoded.length + SIGNATURE_LENGTH : encryptedLength(Buffer.byteLength(text));
}

/** When a cookie that is sent now will have expired; 0 for a browser's session. Max-Age is stronger than Expires (RFC 6265 §5.3). */
function expiryOf({ maxAge, expires }: CookieLifetime): number {
  if (maxAge !== undefined) return Math.max(1, Math.floor(Date.now() / 1000) + maxAge);
  return expires === undefined ? 0 : Math.max(1, Math.floor(expires.getTime() / 1000));
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
