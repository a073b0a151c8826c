import { App, type AppOptions } from "@madeleine/core";
import { cookieConsent } from "@madeleine/http";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { Log } from "./harness.ts";

/** What is told of options that JavaScript, a cast or an environment has made. */
function told(options: object): string {
  try {
    new App(options as AppOptions);
  } catch (error) {
    assert.instance(error, TypeError);
    return (error as TypeError).message;
  }
  return "";
}

test("an amount that is no number, or below zero, is refused with the option and the mend", () => {
  assert.is(
    told({ maxBodyBytes: Number(undefined) }),
    "new App({ maxBodyBytes }): maxBodyBytes is NaN. mend: a number of bytes, such as 1_048_576",
  );
  assert.is(
    told({ maxUploadBytes: "10mb" }),
    'new App({ maxUploadBytes }): maxUploadBytes is "10mb". mend: a number of bytes, such as 1_048_576',
  );
  assert.is(told({ maxJsonDepth: -1 }), "new App({ maxJsonDepth }): maxJsonDepth is -1. mend: a number, such as 64");
  assert.is(
    told({ teardownTimeoutMs: Number.NaN }),
    "new App({ teardownTimeoutMs }): teardownTimeoutMs is NaN. mend: a number of milliseconds, such as 30_000",
  );
  assert.is(told({ maxBodyBytes: 0, maxUploadBytes: Infinity, maxJsonDepth: undefined, startTimeoutMs: Infinity }), "");
});

test("an option that there is none of is refused: a misspelt one would leave guards out in silence", () => {
  assert.is(told({ dependancies: [] }), "new App({ dependancies }): there is no such option. mend: dependencies");
  assert.is(told({ middlewares: [] }), "new App({ middlewares }): there is no such option. mend: middleware");
  assert.match(told({ host: "a.test" }), /^new App\(\{ host \}\): there is no such option\. mend: one of title, controllers, /);
  assert.is(told({ toString: undefined }), "");
});

test("a root path begins with one slash: without it a redirect would be relative, with two it would lead elsewhere", () => {
  for (const rootPath of ["api", "//evil.com", "/api//v1", "/a?b", "/a b", "/a\r\nb", 1]) {
    assert.match(told({ rootPath }), /^new App\(\{ rootPath \}\): rootPath is .* mend: a path that begins with one "\/"/s);
  }
  for (const rootPath of ["", "/", "/api", "/api/v1/", "/%C3%A9"]) assert.is(told({ rootPath }), "", rootPath);
});

test("everything that is wrong is told at once, and no secret is shown", () => {
  const message = told({
    secrets: "tiger-tiger",
    trailingSlash: "never",
    logger: {},
    consent: { categories: [] },
    exposeInput: 1,
  });
  assert.equal(message.split("\n"), [
    "new App({ secrets }): secrets is no list. mend: a list, newest first: [process.env.SECRET]",
    'new App({ trailingSlash }): trailingSlash is "never". mend: "redirect" or "strict" or "ignore"',
    "new App({ logger }): logger is an object. mend: an object with the functions error, warn and info, such as pino()",
    'new App({ consent }): consent is an object. mend: cookieConsent({ categories: ["analytics"] })',
    "new App({ exposeInput }): exposeInput is 1. mend: true or false",
  ]);
});

test("what an option can be is taken", () => {
  const options: Required<{ [Option in keyof AppOptions]: AppOptions[Option] }> = {
    title: "Shop",
    controllers: [],
    dependencies: [],
    middleware: [],
    provide: [],
    tags: [],
    maxBodyBytes: 1,
    maxUploadBytes: 1,
    maxJsonDepth: 1,
    uploadDirectory: "/var/tmp",
    trailingSlash: "ignore",
    rootPath: "/api",
    secrets: [],
    consent: cookieConsent({ categories: ["analytics"] }),
    errorFormat: "detail",
    exposeInput: true,
    trustProxy: false,
    lifespan: undefined,
    startTimeoutMs: 1,
    teardownTimeoutMs: 1,
    logger: new Log(),
  };
  assert.is(told(options), "");
  assert.is(told({ logger: console }), "");
});

test.run();
