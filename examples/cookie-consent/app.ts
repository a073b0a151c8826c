import { App, Consent, Controller, Cookie, Form, Get, Post, RedirectResponse } from "madeleine";
import { Choice, consentRules, Visitor, VisitorId } from "./consent.ts";
import { homePage } from "./home-page.ts";

const pageViews = new Map<string, number>();

@Controller()
class Site {
  @Get("/")
  home(consent: Consent, @Visitor() visitor: string | undefined) {
    if (visitor === undefined) return homePage(consent.asked);
    const views = (pageViews.get(visitor) ?? 0) + 1;
    pageViews.set(visitor, views);
    return homePage(consent.asked, views);
  }

  @Post("/consent")
  answer(@Form("choice", Choice) choice: Choice, @Cookie(VisitorId) visitorId: string | undefined, consent: Consent) {
    if (choice === "accepted") consent.grant("analytics");
    else consent.withdraw("analytics");
    if (choice === "refused" && visitorId !== undefined) pageViews.delete(visitorId); // what was gathered is taken back, too
    return new RedirectResponse("/", 303);
  }
}

export const app = new App({ title: "Cookie consent", controllers: [Site], consent: consentRules });
