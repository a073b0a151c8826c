import type { Request } from "../../request.ts";
import type { Response } from "../../responses/response.ts";
import { definitionsOf } from "../definition.ts";
import { writeConsent, type ConsentRules } from "./consent-rules.ts";

/**
 * The visitor's consent to the categories of `cookieConsent`. Injected by its class.
 *
 * Shape:  `if (!consent.asked) showBanner()`; `consent.grant("analytics")`; `consent.withdraw()` takes back everything.
 * Source: Global Privacy Control: `Sec-GPC: 1` is an answer: it refuses what was not granted.
 * Errors: TypeError where the application has no `consent`, and for a category that it does not name.
 */
export class Consent {
  readonly #request: Request;
  readonly #response: Response;
  readonly #rules: ConsentRules;

  constructor(request: Request, response: Response) {
    const rules = request.cookies.consentRules;
    if (rules === undefined) {
      throw new TypeError(
        'there is no consent to ask for. mend: new App({ consent: cookieConsent({ categories: ["analytics"] }) })',
      );
    }
    this.#request = request;
    this.#response = response;
    this.#rules = rules;
  }

  /** Whether the visitor has answered, also by `Sec-GPC: 1`: then there is nothing to ask. */
  get asked(): boolean {
    return this.#request.cookies.consent.isAnswered || this.#request.headers.get("sec-gpc") === "1";
  }

  has(category: string): boolean {
    this.#check([category]);
    return this.#request.cookies.consent.granted.has(category);
  }

  /** Counts from now on, for this request too. What was granted before stays. With none named, an empty form say, it grants nothing. */
  grant(...categories: string[]): void {
    this.#check(categories);
    const { granted } = this.#request.cookies.consent;
    this.#decide(new Set([...granted, ...categories]));
  }

  /** Takes consent back, or refuses it, and deletes the cookies of these categories; none named is all of them. */
  withdraw(...categories: string[]): void {
    this.#check(categories);
    const withdrawn = categories.length === 0 ? this.#rules.categories : categories;
    const { granted } = this.#request.cookies.consent;
    this.#decide(new Set([...granted].filter((category) => !withdrawn.includes(category))));
    for (const category of withdrawn) for (const definition of definitionsOf(category)) this.#response.deleteCookie(definition);
  }

  #decide(granted: ReadonlySet<string>): void {
    const { cookie, maxAge } = this.#rules;
    this.#request.cookies.consent = { isAnswered: true, granted };
    this.#response.setCookie(cookie, writeConsent(this.#rules, granted), { maxAge, httpOnly: true, secure: "auto" });
  }

  #check(categories: readonly string[]): void {
    for (const category of categories) {
      if (this.#rules.categories.includes(category)) continue;
      const known = this.#rules.categories.join(", ");
      throw new TypeError(
        `there is no category ${JSON.stringify(category)} to consent to. mend: one of ${known}, or name it in cookieConsent`,
      );
    }
  }
}
