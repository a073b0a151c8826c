import { App, Controller, Get, Patch, PlainTextResponse, Put, Request } from "madeleine";
import { test } from "uvu";
import { answers } from "./answers.ts";

@Controller()
class Methods {
  @Get("/g")
  get() {
    return "GET";
  }

  @Put("/multi")
  @Patch("/multi")
  multi(request: Request) {
    return request.method;
  }

  @Get("/")
  home() {
    return new PlainTextResponse("Hello, world");
  }
}

answers(() => new App({ controllers: [Methods] }), {
  "method-405": "another method is a 405 with Allow",
  "method-options-not-automatic": "OPTIONS is not answered without a route",
  "method-404": "an unknown path is a 404",
  "method-multi": "one handler has several methods",
  "method-multi-405": "Allow names every method of the path",
  "method-unknown-method": "a method that nobody has is a 405",
  "method-starlette-head": "HEAD is answered as GET, without the body and with its length",
  "method-starlette-405": "Allow names HEAD beside GET",
});

test.run();
