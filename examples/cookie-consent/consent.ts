import { Consent, Cookie, cookieConsent, defineCookie, dependency, Response } from "madeleine";
import { z } from "zod";

export const Choice = z.enum(["accepted", "refused"]);

export type Choice = z.output<typeof Choice>;

const halfYear = 15_552_000;

/** What the banner asks for. A new purpose is a new category, and a new version: then everybody is asked again. */
export const consentRules = cookieConsent({ categories: ["analytics"], version: 1, cookie: "consent", maxAge: halfYear });

/** Tells one visitor from another in the statistics, and so needs consent: without, it is neither sent nor read, whoever forgets to ask. */
export const VisitorId = defineCookie("visitor_id", z.uuid().optional(), { category: "analytics", maxAge: halfYear });

/** The visitor's id, with consent; without, nobody is known. */
export const Visitor = dependency({ consent: Consent, visitorId: Cookie(VisitorId), response: Response }, (needs) => {
  if (!needs.consent.has("analytics")) return undefined;
  const id = needs.visitorId ?? crypto.randomUUID();
  needs.response.setCookie(VisitorId, id);
  return id;
});
