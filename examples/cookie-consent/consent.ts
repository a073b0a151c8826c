import { Cookie, defineCookie, dependency, Response } from "madeleine";
import { z } from "zod";

export const ConsentChoice = z.enum(["accepted", "refused"]);

export type Choice = z.output<typeof ConsentChoice>;

const halfYear = 15_552_000;

/** The visitor's answer. It needs no consent itself: without it, the question would come back on every page. */
export const Consent = defineCookie("consent", ConsentChoice.optional(), { maxAge: halfYear });

/** Tells one visitor from another in the statistics, and so needs consent. */
export const VisitorId = defineCookie("visitor_id", z.uuid().optional(), { maxAge: halfYear });

/**
 * The visitor's id, with consent; without, nobody is known, and an id from before is deleted, also when the consent has expired.
 * A page that asks for the visitor cannot forget to ask for the consent.
 */
export const Visitor = dependency(
  { consent: Cookie(Consent), visitorId: Cookie(VisitorId), response: Response },
  ({ consent, visitorId, response }) => {
    if (consent === "accepted") {
      const id = visitorId ?? crypto.randomUUID();
      response.setCookie(VisitorId, id);
      return id;
    }
    if (visitorId !== undefined) response.deleteCookie(VisitorId);
    return undefined;
  },
);
