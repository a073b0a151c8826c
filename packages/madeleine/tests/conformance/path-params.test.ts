import { App, Controller, Get, Path } from "madeleine";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { z } from "zod";
import { answers, holds } from "./answers.ts";

@Controller("/items")
class Items {
  @Get("/:item_id")
  read(@Path(z.int()) item_id: number) {
    return { item_id };
  }
}

answers(() => new App({ controllers: [Items] }), {
  "path-int-bad": "a segment that is no integer is a 422",
  "path-int-float-integral": "4.0 is an integer",
  "path-int-big": "an integer that a number cannot hold is a 422, and not its neighbour",
});

const ModelName = z.enum(["alexnet", "resnet", "lenet"]);

@Controller("/models")
class Models {
  @Get("/:model_name")
  read(@Path(ModelName) model_name: z.infer<typeof ModelName>) {
    const message = model_name === "alexnet" ? "Deep Learning FTW!" : "Have some residuals";
    return { model_name, message };
  }
}

answers(() => new App({ controllers: [Models] }), {
  "path-enum-ok": "a member of an enum is given",
  "path-enum-bad": "a segment that is no member of the enum is a 422",
});

@Controller("/files")
class Files {
  @Get("/*file_path")
  read(@Path() file_path: string) {
    return { file_path };
  }
}

answers(() => new App({ controllers: [Files] }), {
  "path-path-conv": "a catch-all parameter takes the rest of the path",
  "path-path-conv-leading-slash": "a catch-all parameter keeps a leading slash",
});

@Controller()
class Users {
  @Get("/users")
  first() {
    return ["Rick", "Morty"];
  }
}

@Controller()
class OtherUsers {
  @Get("/users")
  second() {
    return ["Bean", "Elfo"];
  }
}

holds("path-dup-first-wins", "a route that is declared twice is a boot error", async () => {
  const failure = await new App({ controllers: [Users, OtherUsers] }).boot().catch((error: unknown) => error);
  assert.match(String(failure), /BootError[^]*GET \/users/);
});

@Controller()
class Segments {
  @Get("/p/:x")
  one(@Path() x: string) {
    return { x };
  }

  @Get("/two/:a-:b")
  two(@Path() a: string, @Path() b: string) {
    return { a, b };
  }

  @Get("/conv/:n(\\d+)")
  number(@Path(z.int()) n: number) {
    return { n };
  }

  @Get("/conv/:s")
  text(@Path() s: string) {
    return { s };
  }

  @Get("/bool/:b")
  boolean(@Path(z.boolean()) b: boolean) {
    return { b };
  }

  @Get("/u/:n([0-9a-f-]{36})")
  uuid(@Path(z.uuid()) n: string) {
    return { n };
  }
}

answers(() => new App({ controllers: [Segments] }), {
  "path-utf8": "a percent-encoded segment is decoded as UTF-8",
  "path-plus-literal": "a plus sign is a plus sign in a path",
  "path-trailing-slash": "a trailing slash too many redirects",
  "path-empty": "a parameter is never empty",
  "path-two-params": "one segment has two parameters",
  "path-conv-fallthrough": "a segment that does not meet the constraint falls through to the next route",
  "path-bool": "yes is true",
  "path-uuid-conv-miss": "a segment that meets no constraint is a 404",
});

test.run();
