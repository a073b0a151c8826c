import { App, Controller, Get, Request } from "madeleine";
import { test } from "uvu";
import { answers } from "./answers.ts";

@Controller()
class Jar {
  @Get("/")
  read(request: Request) {
    return { cookies: Object.fromEntries(request.cookies) };
  }
}

answers(() => new App({ controllers: [Jar] }), {
  "cookie-parse-02": "a semicolon divides cookies, also between quotes",
  "cookie-parse-03": "the first equals sign divides name and value",
  "cookie-parse-04": "a colon belongs to name and value",
  "cookie-parse-05": "a bracket belongs to a value",
  "cookie-parse-10": "white space inside of names and values is kept",
  "cookie-parse-11": "separators inside of names and values are kept",
  "cookie-parse-percent-not-decoded": "values are percent-decoded",
  "cookie-parse-multiple-headers": "several Cookie lines are one",
  "cookie-parse-none": "without a Cookie line there are no cookies",
  "cookie-parse-okta": "JSON in a cookie is kept as it is",
  "cookie-parse-proto": "__proto__ and constructor are names like any other",
});

test.run();
