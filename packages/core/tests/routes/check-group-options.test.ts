import { App, Controller, Get, Router } from "@madeleine/core";
import { test } from "uvu";
import * as assert from "uvu/assert";

const told = (declare: () => unknown): string => {
  try {
    declare();
    return "";
  } catch (error) {
    assert.instance(error, TypeError);
    return (error as TypeError).message;
  }
};

test("a status that no response has is refused where it is declared", () => {
  for (const status of [99, 600, "200", Number.NaN, 200.5]) {
    const mend = "mend: a whole number from 200 to 599";
    const shown = typeof status === "string" ? '"200"' : String(status);
    assert.is(
      told(() => Get("/x", { status: status as 200 })),
      `@Get("/x", { status }): status is ${shown}. ${mend}`,
    );
    assert.is(
      told(() => new App().get("/x", { status: status as 200 }, {}, () => null as never)),
      `app.get("/x", { status }, …): status is ${shown}. ${mend}`,
    );
  }
});

test("a misspelt option, which would leave guards out, and a limit that is NaN are refused", () => {
  const guards = { dependancies: [] } as object;
  const mend = "there is no such option. mend: dependencies";
  assert.is(
    told(() => Controller("/x", guards)),
    `@Controller("/x", { dependancies }): ${mend}`,
  );
  assert.is(
    told(() => new Router("/x", guards)),
    `new Router("/x", { dependancies }): ${mend}`,
  );
  assert.is(
    told(() => new App().include(new Router(), guards)),
    `app.include(router, { dependancies }): ${mend}`,
  );
  assert.is(
    told(() => Get("/x", guards)),
    `@Get("/x", { dependancies }): ${mend}`,
  );
  assert.match(
    told(() => Controller("/x", { maxBodyBytes: Number.NaN })),
    /maxBodyBytes is NaN\. mend: a number of bytes/,
  );
});

test.run();
