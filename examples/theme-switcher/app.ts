import { App, Controller, Cookie, defineCookie, Form, Get, Post, RedirectResponse, Response } from "madeleine";
import { z } from "zod";
import { themePage, type ThemeName } from "./theme-page.ts";

const Theme = defineCookie("theme", z.enum(["light", "dark"]).optional(), { maxAge: 31_536_000 });

@Controller()
class ThemeSwitcher {
  @Get("/")
  show(@Cookie(Theme) theme?: ThemeName) {
    return themePage(theme);
  }

  /** The empty value of the System button counts as absent: then the choice is forgotten. */
  @Post("/theme")
  choose(@Form("theme", Theme.schema) theme: ThemeName | undefined, response: Response) {
    if (theme === undefined) response.deleteCookie(Theme);
    else response.setCookie(Theme, theme);
    return new RedirectResponse("/", 303);
  }
}

export const app = new App({ title: "Theme switcher", controllers: [ThemeSwitcher] });
