import { App, Controller, Cookie, defineCookie, Get, html, Post, RedirectResponse, Response } from "madeleine";
import { z } from "zod";
import { page } from "./page.ts";
import { timeSince } from "./time-since.ts";

const LastVisit = defineCookie("last_visit", z.date().optional(), { maxAge: 31_536_000 });

@Controller()
class Visits {
  @Get("/")
  greet(@Cookie(LastVisit) lastVisit: Date | undefined, response: Response) {
    response.setCookie(LastVisit, new Date());
    if (lastVisit === undefined) return page("Welcome!", html`<p>This is your first visit. Come again, or reload the page.</p>`);
    return page(
      "Welcome back!",
      html`<p>Your last visit was <time datetime="${lastVisit.toISOString()}" title="${lastVisit.toUTCString()}">${timeSince(lastVisit)}</time>.</p>
      <form method="post" action="/forget"><button>Forget me</button></form>`,
    );
  }

  @Post("/forget")
  forget(response: Response) {
    response.deleteCookie(LastVisit);
    return new RedirectResponse("/forgotten", 303);
  }

  @Get("/forgotten")
  forgotten() {
    return page("Goodbye!", html`<p>You are forgotten: your next visit will be <a href="/">your first</a>.</p>`);
  }
}

export const app = new App({ title: "Last visit", controllers: [Visits] });
