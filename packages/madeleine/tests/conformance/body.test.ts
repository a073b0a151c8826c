import { App, Body, Controller, Delete, Path, Post, Put, Request } from "madeleine";
import { test } from "uvu";
import { z } from "zod";
import { answers } from "./answers.ts";

const Item = z.object({
  name: z.string(),
  description: z.string().nullable().default(null),
  price: z.number(),
  tax: z.number().nullable().default(null),
});

@Controller()
class Items {
  @Post("/items/")
  create(@Body(Item) item: z.infer<typeof Item>) {
    return item;
  }
}

answers(() => new App({ controllers: [Items] }), {
  "body-ok": "a body is read with its defaults",
  "body-numeric-string": "JSON text is never a number",
  "body-missing-field": "a field that is missing is a 422 that names it",
  "body-wrong-type": "text where a number belongs is a 422",
  "body-null": "a body of null is a missing one",
  "body-no-body": "a body that is missing is a 422",
  "body-form-instead": "a form is no JSON",
  "body-broken-json-2": "broken JSON is a 422 that says where",
  "body-no-content-type": "a body without a type is not taken for JSON",
  "body-not-really-json": "a type that only looks like JSON is none",
  "body-array": "a list is no item",
  "body-bad-utf8-like": "a byte order mark before JSON is passed over",
});

@Controller()
class Lax {
  @Post("/items/")
  async create(request: Request) {
    return JSON.parse(await request.text()) as z.core.util.JSONType;
  }
}

answers(() => new App({ controllers: [Lax] }), {
  "body-lax-no-content-type": "a handler may read a body without a type itself",
});

const User = z.object({ username: z.string(), full_name: z.string().nullable().default(null) });

@Controller()
class Several {
  @Put("/items/:item_id")
  update(
    @Path(z.int()) item_id: number,
    @Body("item", Item) item: z.infer<typeof Item>,
    @Body("user", User) user: z.infer<typeof User>,
  ) {
    return { item_id, item, user };
  }
}

@Controller()
class WithImportance {
  @Put("/items/:item_id")
  update(
    @Path(z.int()) item_id: number,
    @Body("item", Item) item: z.infer<typeof Item>,
    @Body("user", User) user: z.infer<typeof User>,
    @Body("importance", z.int()) importance: number,
  ) {
    return { item_id, item, user, importance };
  }
}

@Controller()
class Embedded {
  @Put("/items/:item_id")
  update(@Path(z.int()) item_id: number, @Body("item", Item) item: z.infer<typeof Item>) {
    return { item_id, item };
  }
}

answers(() => new App({ controllers: [Several] }), {
  "body-multi-none": "each of several bodies is missing without a body",
  "body-multi-empty-list": "each of several bodies is missing from a list",
});

answers(() => new App({ controllers: [WithImportance] }), {
  "body-multi-scalar-ok": "several named bodies are keys of one object",
  "body-multi-scalar-missing": "each key that is missing is a problem",
});

answers(() => new App({ controllers: [Embedded] }), {
  "body-embed-ok": "one named body is a key of an object",
  "body-embed-not-embedded": "a body without its key is missing",
});

const Image = z.object({ url: z.string(), size: z.int().positive() });
const Nested = z.object({
  name: z.string(),
  images: z.array(Image).nullable().default(null),
  weights: z.record(z.string().regex(/^\d+$/), z.number()).default({}),
  tags: z.array(z.string()).default([]),
});

@Controller()
class Nesting {
  @Post("/n")
  create(@Body(Nested) nested: z.infer<typeof Nested>) {
    return nested;
  }

  @Delete("/delbody")
  remove(@Body(Nested) nested: z.infer<typeof Nested>) {
    return nested;
  }

  @Post("/raw")
  async raw(request: Request) {
    return { n: (await request.bytes()).length };
  }
}

answers(() => new App({ controllers: [Nesting] }), {
  "body-nested-multi-err": "all problems of a nested body are told, each with its path",
  "body-nested-delete-with-body": "DELETE may have a body",
  "body-nested-raw": "a handler reads the bytes itself",
});

test.run();
