import { App, Controller, Get, JSONResponse, Response, type Middleware } from "madeleine";
import { test } from "uvu";
import { answers } from "./answers.ts";

/** Two middlewares, the first of the list around the second one: FastAPI has the last one that was added outermost. */
function wrapped(log: string[]): App {
  const inner: Middleware = async (_request, next) => {
    log.push("m1>");
    const response = await next();
    log.push("<m1");
    response.headers.set("x-m1", "1");
    return response;
  };

  const outer: Middleware = async (request, next) => {
    log.push("m2>");
    if (request.path === "/short") return new JSONResponse({ short: 1 }, { status: 403 });
    const response = await next();
    log.push("<m2");
    response.headers.set("x-m2", "1");
    response.setCookie("mw", "v");
    return response;
  };

  @Controller()
  class Pages {
    @Get("/a")
    page(response: Response) {
      log.push("h");
      response.setCookie("h", "1");
      return 1;
    }

    @Get("/short")
    short() {
      log.push("never");
      return 1;
    }
  }
  return new App({ controllers: [Pages], middleware: [outer, inner] });
}

answers(wrapped, {
  "mw-order": "each middleware stands around the next one, and may add headers and cookies",
  "mw-short-circuit": "a middleware may answer itself",
  "mw-on-404": "middleware of the application stands around a 404, too",
});

test.run();
