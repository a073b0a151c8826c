import { App, Body, Controller, Get, Path, Post } from "madeleine";
import { test } from "uvu";
import { z } from "zod";
import { answers, silent } from "./answers.ts";

const UserIn = z.object({ username: z.string(), password: z.string(), full_name: z.string().nullable().default(null) });
const UserOut = UserIn.omit({ password: true });

@Controller()
class Users {
  @Post("/user", { response: UserOut })
  create(@Body(UserIn) user: z.infer<typeof UserIn>) {
    return user;
  }

  @Get("/listm", { response: z.array(UserOut) })
  list() {
    return ["a", "b"].map((username) => ({ username, password: "secret", full_name: null }));
  }

  @Get("/annot", { response: UserOut })
  annotated() {
    return { username: "a", password: "secret" };
  }

  @Get("/nomodel")
  unfiltered() {
    return { username: "a", password: "secret" };
  }
}

answers(() => new App({ controllers: [Users] }), {
  "respmodel-filters": "what the response schema does not name never leaves the server",
  "respmodel-list": "each item of a list is filtered",
  "respmodel-return-annotation": "the response schema fills in defaults",
  "respmodel-model-none": "without a response schema everything is sent",
});

const Item = z.object({
  name: z.string(),
  description: z.string().nullable().default(null),
  price: z.number(),
  tax: z.number().default(10.5),
  tags: z.array(z.string()).default([]),
});

const items: Record<string, z.input<typeof Item>> = {
  foo: { name: "Foo", price: 50.2 },
  bar: { name: "Bar", description: "The bartenders", price: 62, tax: 20.2 },
  baz: { name: "Baz", description: null, price: 50.2, tax: 10.5, tags: [] },
};

@Controller()
class Items {
  @Get("/items/:id", { response: Item, responseOptions: { excludeUnset: true } })
  unset(@Path() id: string) {
    return items[id]!;
  }

  @Get("/def/:id", { response: Item, responseOptions: { excludeDefaults: true } })
  defaults(@Path() id: string) {
    return items[id]!;
  }

  @Get("/exc/:id", { response: Item.omit({ tax: true }) })
  without(@Path() id: string) {
    return items[id]!;
  }
}

answers(() => new App({ controllers: [Items] }), {
  "respmodel-unset-foo": "fields that the handler did not give are left out",
  "respmodel-defaults-baz": "fields that have their default are left out",
  "respmodel-exclude": "a schema without a field leaves it out",
});

// An alias of the answer is a transform of its schema.
const Aliased = z.object({ full_name: z.string() }).transform(({ full_name }) => ({ fullName: full_name }));

@Controller()
class Values {
  @Get("/bad", { response: z.object({ name: z.string().min(5), price: z.number() }) })
  bad() {
    return { name: "Foo", price: 2 };
  }

  @Get("/str")
  text() {
    return "hello";
  }

  @Get("/alias", { response: Aliased })
  alias() {
    return { full_name: "x" };
  }

  @Get("/nan")
  notANumber() {
    return { x: NaN };
  }
}

answers(() => new App({ controllers: [Values], logger: silent }), {
  "respmodel-invalid-500": "a value that fails its schema is a bare 500",
  "respmodel-string": "text is sent as JSON",
  "respmodel-by-alias": "a schema may send a field under another name",
  "respmodel-nan": "a value that JSON cannot carry is a bare 500",
});

test.run();
