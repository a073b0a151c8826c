import { App, Controller, Get, HTMLResponse, JSONResponse, Response } from "madeleine";
import { test } from "uvu";
import { answers } from "./answers.ts";

@Controller()
class Pages {
  @Get("/html")
  html() {
    return new HTMLResponse("<h1>Hi</h1>");
  }

  @Get("/raw")
  xml() {
    return new Response("<a/>", { mediaType: "application/xml" });
  }

  @Get("/empty")
  empty() {
    return new Response();
  }

  @Get("/hdr")
  injected(response: Response) {
    response.headers.set("X-Cat-Dog", "alone in the world");
    return { message: "Hello World" };
  }

  @Get("/hdr2")
  direct() {
    const headers = { "X-Cat-Dog": "alone in the world", "Content-Language": "en-US" };
    return new JSONResponse({ message: "Hello World" }, { headers });
  }
}

answers(() => new App({ controllers: [Pages] }), {
  "resp-html": "HTML has its type and charset",
  "resp-custom-media": "a type that is no text has no charset",
  "resp-empty": "an empty response has a length and no type",
  "resp-header-injected": "a header of the injected response is sent beside a value",
  "resp-header-direct": "a response has headers of its own",
});

test.run();
