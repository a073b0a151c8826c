import { CookieError } from "./cookie-error.ts";
import { readSetCookieLine, requireConsent, requireKeys, type CookieScope, type SetCookie } from "./set-cookie.ts";

/**
 * The cookies that a response sets, in the order in which they were set.
 *
 * Of two with the same name, domain, path and partition the later one is sent, once: to a browser they are one cookie, and
 * which of two equal lines it keeps is nothing to rely on.
 *
 * Cost:   adding walks the cookies that are there.
 * Source: RFC 6265 §4.1.1 ("servers SHOULD NOT include more than one Set-Cookie header field … with the same cookie-name").
 */
export class SetCookies implements Iterable<SetCookie> {
  readonly #cookies: SetCookie[] = [];
  #isSent = false;

  get size(): number {
    return this.#cookies.length;
  }

  /** Whether one of them is sent differently over http and over https. */
  get dependOnScheme(): boolean {
    for (const { attributes } of this.#cookies) if (attributes.overHttp !== attributes.overHttps) return true;
    return false;
  }

  /**
   * Adds a cookie; an earlier one that it replaces goes.
   *
   * Errors: CookieError where the response was sent.
   */
  add(cookie: SetCookie): this {
    if (this.#isSent) throw tooLate(cookie.name);
    const replaced = this.#indexOf(cookie);
    if (replaced !== -1) this.#cookies.splice(replaced, 1);
    this.#cookies.push(cookie);
    return this;
  }

  /**
   * Adds a finished `Set-Cookie` value, of another library or of a web-standard response, under the same rule.
   *
   * Errors: CookieError where it has no name, or characters that no header can have.
   */
  addLine(line: string): this {
    return this.add(readSetCookieLine(line));
  }

  /**
   * The values of the `Set-Cookie` headers, one for each. `request` is only asked for its cookies where one is sealed or needs consent.
   *
   * Errors: CookieError where it cannot be sealed, or nobody asks for the consent.
   */
  lines(overHttps: boolean, request?: { readonly cookies?: CookieScope | undefined }): string[] {
    const lines: string[] = [];
    for (const cookie of this.#cookies) {
      const { pair, attributes, category } = cookie;
      if (category !== undefined && !requireConsent(cookie.name, category, request?.cookies)) continue;
      const text = typeof pair === "string" ? pair : pair(requireKeys(cookie.name, request?.cookies?.keys));
      lines.push(text + (overHttps ? attributes.overHttps : attributes.overHttp));
    }
    return lines;
  }

  /** The same without the cookies that this request's application cannot send: signed ones without secrets, say. */
  sendable(request: { readonly cookies?: CookieScope | undefined }): SetCookies {
    const sendable = new SetCookies();
    for (const cookie of this.#cookies) if (isSendable(cookie, request.cookies)) sendable.add(cookie);
    return sendable;
  }

  /** From now on a cookie would be lost, and is refused. */
  close(): void {
    this.#isSent = true;
  }

  [Symbol.iterator](): IterableIterator<SetCookie> {
    return this.#cookies.values();
  }

  /** The place of what a browser takes for the same cookie. */
  #indexOf({ name, attributes }: SetCookie): number {
    for (let at = 0; at < this.#cookies.length; at++) {
      const earlier = this.#cookies[at]!;
      if (earlier.name === name && earlier.attributes.jar === attributes.jar) return at;
    }
    return -1;
  }
}

/** Both lists as one new list, in which a later cookie replaces its earlier equal. */
export function mergeCookies(earlier: SetCookies, later: SetCookies): SetCookies {
  const merged = new SetCookies();
  for (const cookie of earlier) merged.add(cookie);
  for (const cookie of later) merged.add(cookie);
  return merged;
}

function isSendable({ name, pair, category }: SetCookie, scope: CookieScope | undefined): boolean {
  if (typeof pair !== "string" && scope?.keys === undefined) return false;
  try {
    return category === undefined || requireConsent(name, category, scope);
  } catch {
    return false;
  }
}

function tooLate(name: string): CookieError {
  const problem = "the response is on its way, so the cookie would never arrive";
  return new CookieError(
    name,
    "COOKIE_TOO_LATE",
    problem,
    "set it before the response is sent: not in a background task, nor after the first chunk of a stream",
  );
}
