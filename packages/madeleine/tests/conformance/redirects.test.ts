import { App, Body, Controller, Get, Post, RedirectResponse } from "madeleine";
import { test } from "uvu";
import { z } from "zod";
import { answers } from "./answers.ts";

@Controller()
class Slashes {
  @Get("/items/")
  items() {
    return [];
  }

  @Get("/noslash")
  noSlash() {
    return [];
  }

  @Post("/p/")
  create(@Body(z.object({ a: z.int() })) body: { a: number }) {
    return body;
  }
}

answers(() => new App({ controllers: [Slashes] }), {
  "redir-keeps-query": "the redirect of a slash keeps the query",
  "redir-post-307": "the redirect of a slash keeps method and body",
  "redir-wrong-method-still-redirects": "a wrong method is a 405 and not redirected",
  "redir-root-none": "without either form there is nothing to redirect to",
});

@Controller()
class Redirects {
  @Get("/r")
  plain() {
    return new RedirectResponse("/items/");
  }

  @Get("/uni")
  unicode() {
    return new RedirectResponse("/I ♥ Starlette/");
  }

  @Get("/decl")
  elsewhere() {
    return new RedirectResponse("https://fastapi.tiangolo.com");
  }
}

answers(() => new App({ controllers: [Redirects] }), {
  "redir-response-default": "a redirect is a 307 without a body",
  "redir-quoting": "a target is percent-encoded where it has to be",
  "redir-response-class": "a redirect leads to another host where it is written",
});

test.run();
