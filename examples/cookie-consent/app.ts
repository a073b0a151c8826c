import { App, Controller, Cookie, Form, Get, Post, RedirectResponse, Response } from "madeleine";
import { Consent, ConsentChoice, Visitor, VisitorId, type Choice } from "./consent.ts";
import { homePage } from "./home-page.ts";

const pageViews = new Map<string, number>();

@Controller()
class Site {
  @Get("/")
  home(@Cookie(Consent) consent: Choice | undefined, @Visitor() visitor: string | undefined) {
    if (visitor === undefined) return homePage(consent);
    const views = (pageViews.get(visitor) ?? 0) + 1;
    pageViews.set(visitor, views);
    return homePage(consent, views);
  }

  @Post("/consent")
  answer(@Form("choice", ConsentChoice) choice: Choice, @Cookie(VisitorId) visitorId: string | undefined, response: Response) {
    response.setCookie(Consent, choice);
    if (choice === "refused" && visitorId !== undefined) {
      pageViews.delete(visitorId); // withdrawing takes back what was gathered, too
      response.deleteCookie(VisitorId);
    }
    return new RedirectResponse("/", 303);
  }
}

export const app = new App({ title: "Cookie consent", controllers: [Site] });
