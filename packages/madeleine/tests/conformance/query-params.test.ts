import { App, Controller, Get, Path, Query } from "madeleine";
import { test } from "uvu";
import { z } from "zod";
import { answers } from "./answers.ts";

const items = [{ item_name: "Foo" }, { item_name: "Bar" }, { item_name: "Baz" }];

@Controller()
class Slice {
  @Get("/items/")
  list(@Query(z.int().default(0)) skip: number, @Query(z.int().default(10)) limit: number) {
    return items.slice(skip, skip + limit);
  }
}

answers(() => new App({ controllers: [Slice] }), {
  "query-skip": "an integer is read from the query",
  "query-bad-int": "text that is no integer is a 422 that names the parameter",
  "query-empty-int": "an empty text is no integer",
});

@Controller("/items")
class Described {
  @Get("/:item_id")
  read(
    @Path() item_id: string,
    @Query(z.string().optional()) q: string | undefined,
    @Query(z.boolean().default(false)) short: boolean,
  ) {
    const item = { item_id, ...(q === undefined ? {} : { q }) };
    return short ? item : { ...item, description: "This is an amazing item that has a long description" };
  }
}

answers(() => new App({ controllers: [Described] }), {
  "query-bool-on": "on is true",
  "query-bool-true": "true is true",
  "query-bool-TRUE-case": "TRUE is true",
  "query-bool-t": "t is true",
  "query-bool-y": "y is true",
  "query-bool-On-case": "On is true",
  "query-bool-0-case": "0 is false",
  "query-bool-no": "no is false",
  "query-bool-n": "n is false",
  "query-bool-bad-2": "2 is no boolean",
  "query-bool-bad-null": "null is no boolean",
});

@Controller("/items")
class Needy {
  @Get("/:item_id")
  read(@Path() item_id: string, @Query(z.string()) needy: string) {
    return { item_id, needy };
  }
}

answers(() => new App({ controllers: [Needy] }), {
  "query-required-missing": "a required parameter that is missing is a 422",
  "query-required-ok": "a required parameter is given",
});

@Controller("/items")
class Several {
  @Get("/:item_id")
  read(
    @Path() item_id: string,
    @Query(z.string()) needy: string,
    @Query(z.int().default(0)) skip: number,
    @Query(z.int().optional()) limit: number | undefined,
  ) {
    return { item_id, needy, skip, limit: limit ?? null };
  }
}

answers(() => new App({ controllers: [Several] }), {
  "query-multi-errors": "all problems are in one 422, in the order of declaration",
  "query-multi-ok": "defaults stand in for what is missing",
});

@Controller()
class Values {
  @Get("/list")
  list(@Query(z.array(z.string()).default(["foo", "bar"])) q: string[]) {
    return { q };
  }

  @Get("/scalar")
  scalar(@Query() q: string | undefined) {
    return { q: q ?? null };
  }

  @Get("/len")
  length(@Query(z.string().min(3).max(5).regex(/^fix/)) q: string) {
    return { q };
  }

  @Get("/alias")
  alias(@Query("item-query") q: string | undefined) {
    return { q: q ?? null };
  }

  @Get("/float")
  float(@Query(z.number()) x: number) {
    return { x };
  }

  @Get("/ge")
  bounded(@Query(z.int().gte(1).lt(10)) n: number) {
    return { n };
  }

  @Get("/uuid")
  uuid(@Query(z.uuid()) u: string) {
    return { u };
  }

  @Get("/enum")
  enum(@Query(z.enum(["alpha", "beta"])) e: "alpha" | "beta") {
    return { e };
  }
}

answers(() => new App({ controllers: [Values] }), {
  "query-list-default": "a list that is missing is its default",
  "query-list-two": "a key that is repeated makes a list",
  "query-list-one": "one value makes a list of one",
  "query-list-comma": "a comma does not divide a value",
  "query-unknown-ignored": "an unknown parameter is ignored",
  "query-too-long": "text that is too long is a 422",
  "query-pattern": "text that does not match the pattern is a 422",
  "query-alias": "a parameter is read under the name that is written out",
  "query-float-bad": "text that is no number is a 422",
  "query-int-float-string": "5.0 is an integer",
  "query-int-plus": "+5 is an integer",
  "query-uuid-bad": "text that is no UUID is a 422",
  "query-enum": "a member of an enum is given",
});

const Filter = z.object({
  limit: z.int().positive().max(100).default(100),
  offset: z.int().min(0).default(0),
  order_by: z.enum(["created_at", "updated_at"]).default("created_at"),
  tags: z.array(z.string()).default([]),
});

@Controller()
class Filtered {
  @Get("/items/")
  list(@Query(Filter) filter: z.infer<typeof Filter>) {
    return filter;
  }
}

answers(() => new App({ controllers: [Filtered] }), {
  "query-model-defaults": "a query model has its defaults",
});

test.run();
