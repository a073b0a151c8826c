/** Text that is HTML already: made by {@link html} or {@link unsafeHtml}, and never escaped again. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }
}

/** What may stand in a template. A promise, a Map or a plain object is none: its text would be `[object Object]`. */
export type HtmlValue = string | number | bigint | boolean | null | undefined | Html | Date | URL | readonly HtmlValue[];

/**
 * Makes HTML in which every value is escaped, in text and in quoted attributes.
 *
 * Shape:  `` html`<p title="${title}">${items.map((item) => html`<li>${item}</li>`)}</p>` ``. Nested HTML is not escaped twice, the
 *         items of a list follow each other, and `null`, `undefined` and `false` are nothing, so that `${user && html`…`}` works.
 * Source: OWASP, Cross Site Scripting Prevention. Quote attributes: nothing protects an unquoted one, the inside of `<script>` and `<style>`,
 *         or an address that begins with `javascript:`.
 * Errors: TypeError for a value that has no text: a promise without `await`, a plain object, a function.
 */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  let text = strings[0] ?? "";
  for (let index = 0; index < values.length; index++) {
    text += toHtml(values[index]) + (strings[index + 1] ?? "");
  }
  return new Html(text);
}

/** Takes text for HTML as it is. What it holds runs in the browser: never text that came from a user. */
export function unsafeHtml(text: string): Html {
  return new Html(text);
}

function toHtml(value: HtmlValue): string {
  if (typeof value === "string") return escape(value);
  if (value === null || value === undefined || value === false) return "";
  if (value instanceof Html) return value.text;
  if (isList(value)) return value.map(toHtml).join("");
  if (hasText(value)) return escape(String(value));
  const kind = typeof value === "object" ? Object.prototype.toString.call(value).slice("[object ".length, -1) : typeof value;
  throw new TypeError(`html: a value of type ${kind} has no text. mend: await it, or name the field that is meant`);
}

const SPECIAL = /[&<>"']/;

function escape(text: string): string {
  return SPECIAL.test(text) ? text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character) : text;
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

function isList(value: unknown): value is readonly HtmlValue[] {
  return Array.isArray(value);
}

// JavaScript and casts come here with anything
function hasText(value: unknown): boolean {
  if (typeof value === "function" || typeof value === "symbol") return false;
  if (typeof value !== "object" || value === null) return true;
  return "toString" in value && value.toString !== Object.prototype.toString;
}
