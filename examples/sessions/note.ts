import { Controller, Form, Get, Post, RedirectResponse, type Resolved } from "madeleine";
import { cookieStore, defineSession } from "madeleine/session";
import { z } from "zod";
import { FormToken } from "./login-session.ts";
import { notePage } from "./pages.ts";

/** A visitor's note, in its cookie, encrypted: the server keeps nothing, and can neither list such sessions nor end them. */
const NoteSession = defineSession({
  cookie: "note",
  data: z.object({ text: z.string().max(1000).default("") }),
  maxAge: 86_400,
  store: cookieStore(),
});

@Controller("/note")
export class Note {
  @Get()
  show(@NoteSession() session: Resolved<typeof NoteSession>, @FormToken() token: string) {
    return notePage({ text: session.data.text, token, messages: session.flashes() });
  }

  @Post()
  write(@Form("text", z.string().max(1000)) text: string, @NoteSession() session: Resolved<typeof NoteSession>) {
    session.data.text = text;
    session.flash("notice", "Your note is in your cookie.");
    return new RedirectResponse("/note", 303);
  }

  @Post("/delete")
  async delete(@NoteSession() session: Resolved<typeof NoteSession>) {
    await session.destroy();
    return new RedirectResponse("/note", 303);
  }
}
