import { test } from "uvu";
import * as assert from "uvu/assert";
import { buildPath, parsePath } from "@madeleine/router";

test("names become a URL path, percent-encoded", () => {
  assert.is(buildPath("/users/:id", { id: 7 }), "/users/7");
  assert.is(buildPath("/café/:name.:ext", { name: "a b", ext: "ü" }), "/caf%C3%A9/a%20b.%C3%BC");
  assert.is(buildPath("/u/:name", { name: "a/b?c#d%" }), "/u/a%2Fb%3Fc%23d%25");
  assert.is(buildPath("/100%25/a%2Fb", {}), "/100%25/a%2Fb");
});

test("a pattern that is read already serves as well as a path", () => {
  assert.is(buildPath(parsePath("/a/:b"), { b: "c" }), "/a/c");
});

test("a catch-all keeps its slashes and may be empty", () => {
  assert.is(buildPath("/f/*path", { path: "a b/c/" }), "/f/a%20b/c/");
  assert.is(buildPath("/f/*path", { path: "" }), "/f/");
});

test("an absent optional value leaves its segment out", () => {
  assert.is(buildPath("/o/:id?", {}), "/o");
  assert.is(buildPath("/o/:id?", { id: 0 }), "/o/0");
  assert.is(buildPath("/:id?", {}), "/");
});

test("a value is held to its constraint before it is encoded", () => {
  assert.is(buildPath("/:mail([\\w.]+@[\\w.]+)", { mail: "a@b.c" }), "/a%40b.c");
});

const mistakes: readonly (readonly [title: string, path: string, values: Record<string, string | number>, message: string])[] = [
  [
    "a missing value",
    "/u/:id",
    {},
    'The path "/u/:id" has no value for "id".\n  mend: pass { id: … }, with at least one character  [MISSING_VALUE]',
  ],
  [
    "an empty value",
    "/u/:id",
    { id: "" },
    'The path "/u/:id" has no value for "id".\n  mend: pass { id: … }, with at least one character  [MISSING_VALUE]',
  ],
  [
    "a value that is only inherited",
    "/:constructor",
    {},
    'The path "/:constructor" has no value for "constructor".\n  mend: pass { constructor: … }, with at least one character  [MISSING_VALUE]',
  ],
  [
    "a name that the path does not have",
    "/u/:id?",
    { ident: 1 },
    'The path "/u/:id?" has no parameter "ident".\n  mend: the path has "id"  [UNKNOWN_NAME]',
  ],
  [
    "a value that its constraint refuses",
    "/u/:id(\\d+)",
    { id: "x" },
    'The parameter "id" of "/u/:id(\\d+)" cannot be "x".\n  mend: pass a value that matches \\d+  [REFUSED_VALUE]',
  ],
  [
    "a value that would be divided elsewhere",
    "/:a-:b",
    { a: "x-y", b: "z" },
    '"x-y-z" is not read back from "/:a-:b" as it was written: a value contains the text between the parameters.\n' +
      "  mend: pass values without that text, or give each parameter a segment  [REFUSED_VALUE]",
  ],
  [
    "a segment that clients resolve away",
    "/u/:id",
    { id: ".." },
    'A segment of "/u/:id" would be "..", which clients resolve away.\n  mend: pass another value  [REFUSED_VALUE]',
  ],
  [
    "half of a surrogate pair",
    "/u/:id",
    { id: "\ud800" },
    'The parameter "id" of "/u/:id" has a value that no URL can carry: "\\ud800".\n  mend: pass well-formed text  [REFUSED_VALUE]',
  ],
];

for (const [title, path, values, message] of mistakes) {
  test(`${title} is refused`, () => {
    assert.throws(
      () => buildPath(path, values),
      (error: Error) => {
        assert.is(error.message, message);
        return error.name === "PathValueError";
      },
    );
  });
}

test("dot segments are refused in a catch-all too", () => {
  assert.throws(() => buildPath("/f/*path", { path: "a/../b" }), /resolve away/);
});

test.run();
