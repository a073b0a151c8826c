import { App, Controller, Get, JSONResponse, Post, Query, Response } from "madeleine";
import { test } from "uvu";
import { z } from "zod";
import { answers } from "./answers.ts";

@Controller()
class Statuses {
  @Post("/created", { status: 201 })
  created(@Query(z.string()) name: string) {
    return { name };
  }

  @Get("/204", { status: 204 })
  nothing() {
    return null;
  }

  @Get("/304", { status: 304 })
  notModified() {
    return null;
  }

  @Get("/r204")
  injected(response: Response) {
    response.status = 204;
    return { a: 1 };
  }

  @Get("/resp2", { status: 201 })
  direct() {
    return new JSONResponse({ a: 1 });
  }
}

answers(() => new App({ controllers: [Statuses] }), {
  "status-201": "a route has a status of its own",
  "status-204-none": "204 has no content",
  "status-304": "304 has no content",
  "status-set-204-on-response": "a status of the injected response that forbids content drops it",
  "status-decorator-vs-direct": "a returned response has a status of its own",
});

answers(
  () => {
    const app = new App();
    // @ts-expect-error the compiler refuses a value that is never sent
    app.get("/204b", { status: 204 }, {}, () => ({ a: 1 }));
    return app;
  },
  { "status-204-value": "a value under 204 is not sent" },
);

test.run();
