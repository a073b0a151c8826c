import {
  App,
  Body,
  Controller,
  Get,
  HTTPException,
  JSONResponse,
  Path,
  PlainTextResponse,
  Post,
  RequestValidationError,
} from "madeleine";
import { test } from "uvu";
import { z } from "zod";
import { answers, silent } from "./answers.ts";

class UnicornError extends Error {}

@Controller()
class Unicorns {
  @Get("/uni")
  unicorn() {
    throw new UnicornError("yolo");
  }

  @Get("/http")
  http() {
    throw new HTTPException(404, "Item not found", { "X-Error": "There goes my error" });
  }
}

answers(
  () => new App({ controllers: [Unicorns] }).on(UnicornError, () => new JSONResponse({ message: "Oops!" }, { status: 418 })),
  {
    "exc-custom": "an error is answered by the handler of its class",
    "exc-http-headers": "an HTTPException has headers",
  },
);

const Sized = z.object({ title: z.string(), size: z.int() });

@Controller()
class Sizes {
  @Post("/items/")
  create(@Body(Sized) item: z.infer<typeof Sized>) {
    return item;
  }
}

answers(
  () =>
    new App({ controllers: [Sizes] }).on(
      RequestValidationError,
      async (error, request) => new JSONResponse({ detail: error.problems, body: await request.json() }, { status: 422 }),
    ),
  { "exc-override-validation-body": "the handler of validation errors has the problems and the body" },
);

@Controller()
class Threes {
  @Get("/items/:item_id")
  read(@Path(z.int()) item_id: number) {
    if (item_id === 3) throw new HTTPException(418, "Nope! I don't like 3.");
    return { item_id };
  }
}

answers(
  () =>
    new App({ controllers: [Threes] })
      .on(HTTPException, (error) => new PlainTextResponse(String(error.detail), { status: error.status }))
      .on(RequestValidationError, (error) => new PlainTextResponse(error.message, { status: 400 })),
  {
    "exc-override-plain-http": "HTTPException may be answered as plain text",
    "exc-override-plain-404-route": "a path without a route is answered by the same handler",
  },
);

class KeyError extends Error {}

@Controller()
class Booms {
  @Get("/boom")
  boom() {
    throw new KeyError("k");
  }
}

answers(
  () =>
    new App({ controllers: [Booms], logger: silent })
      .on(404, () => ({ e: "custom 404" }))
      .on(500, (error) => ({ e: (error as Error).constructor.name })),
  { "exc-status-500": "any other error is answered by the handler of 500" },
);

test.run();
