import { test } from "uvu";
import * as assert from "uvu/assert";
import { PathSyntaxError, parsePath } from "@madeleine/router";

test("a path is read into its names, in order, and those that are optional", () => {
  const { path, names, optional } = parsePath("/o/:a.:b/:id(\\d+)/:tab?");
  assert.equal(
    { path, names, optional },
    { path: "/o/:a.:b/:id(\\d+)/:tab?", names: ["a", "b", "id", "tab"], optional: ["tab"] },
  );
});

test("a catch-all is a name like any other", () => {
  assert.equal(parsePath("/files/*path").names, ["path"]);
});

test("a constraint ends at its own closing parenthesis, past groups, classes, escapes and slashes", () => {
  const [segment] = parsePath("/:id((?:[^/)]|\\))+)").segments;
  assert.ok(segment?.kind === "mixed");
  const [parameter] = segment.parts;
  assert.ok(typeof parameter === "object");
  assert.is(parameter.constraint?.source, "(?:[^/)]|\\))+");
});

test("signs of regular expressions outside a constraint are plain text, and two colons are one", () => {
  for (const text of ["a.b", "c+d", "e$f", "(g)", "h|i", "[j]", "k^l"]) {
    assert.equal(parsePath(`/${text}`).segments, [{ kind: "literal", text }]);
  }
  assert.equal(parsePath("/12::30").segments, [{ kind: "literal", text: "12:30" }]);
});

test("names may be those of Object.prototype and of any script", () => {
  assert.equal(parsePath("/:__proto__/:constructor/:größe").names, ["__proto__", "constructor", "größe"]);
});

test("text in parentheses that is no pattern, and one whose parenthesis is written %28, is text", () => {
  assert.equal(parsePath("/Rust_(language)").segments, [{ kind: "literal", text: "Rust_(language)" }]);
  assert.equal(parsePath("/%28a+%29").segments, [{ kind: "literal", text: "(a+)" }]);
});

const mistakes: readonly (readonly [path: string, message: string])[] = [
  ["", 'The path "" does not start with "/".\n  mend: "/"  [NO_LEADING_SLASH]'],
  ["users/{id}", 'The path "users/{id}" does not start with "/".\n  mend: "/users/:id"  [NO_LEADING_SLASH]'],
  ["/users/{id}", 'The path "/users/{id}" writes a parameter in braces.\n  mend: "/users/:id"  [BRACES]'],
  ["/{n:int}/{p:path}", 'The path "/{n:int}/{p:path}" writes a parameter in braces.\n  mend: "/:n/*p"  [BRACES]'],
  ["/a}", 'The path "/a}" writes a parameter in braces.\n  mend: parameters are written ":id"  [BRACES]'],
  [
    "/a?b=1",
    'The path "/a?b=1" has a "?", which is never part of a path.\n' +
      '  mend: leave the query out; an optional last parameter is written ":id?"  [NOT_A_PATH]',
  ],
  ["/a#b", 'The path "/a#b" has a "#", which is never part of a path.\n  mend: leave the fragment out  [NOT_A_PATH]'],
  [
    "/100%",
    'The path "/100%" has text that is not well-formed ("100%").\n  mend: a percent sign in the text is written "%25"  [BAD_ENCODING]',
  ],
  [
    "/a/:",
    'The path "/a/:" has a ":" without a name after it.\n' +
      '  mend: name it, for example ":id"; a colon in the text is written "::"  [NO_NAME]',
  ],
  ...["/(a+)+$", "/ab(cd)+e", "/(en|de)/home", "/x(.*)", "/([0-9]{2})", "/colou(r)?s", "/v[0-9]+"].map(
    (path): [string, string] => [
      path,
      `The path "${path}" has a regular expression in its text, where it would be taken as it stands.\n` +
        '  mend: constrain a parameter, for example ":name(\\\\d+)"; as text, "(" is written "%28" and "[" "%5B"  [BARE_EXPRESSION]',
    ],
  ),
  [
    "/\\d+",
    'The path "/\\d+" has a "\\" in its text, which no client sends in a path.\n' +
      '  mend: constrain a parameter, for example ":name(\\\\d+)"  [BARE_EXPRESSION]',
  ],
  [
    "/a/../b",
    'The path "/a/../b" has the segment "..", which every client resolves before it sends a path.\n' +
      "  mend: write the path that it leads to  [DOT_SEGMENT]",
  ],
  [
    "/:id(d+)",
    'The path "/:id(d+)" constrains "id" with "d+", which matches that letter only: the text of the path took its backslash away.\n' +
      '  mend: write it twice: ":id(\\\\d+)"  [BAD_CONSTRAINT]',
  ],
  ["/a/*", 'The path "/a/*" has a "*" without a name after it.\n  mend: name it, for example "*path"  [NO_NAME]'],
  [
    "/:id/x/:id",
    'The path "/:id/x/:id" has two parameters named "id".\n  mend: name the second one differently, for example ":id2"  [DUPLICATE_NAME]',
  ],
  [
    "/:a:b",
    'The path "/:a:b" has no text before the parameter "b", so nothing says where it starts.\n' +
      '  mend: put text between the two, for example "-:b"  [ADJACENT_PARAMETERS]',
  ],
  [
    "/:a?/b",
    'The path "/:a?/b" has text after the optional parameter "a".\n' +
      "  mend: make it the last segment, or register two routes  [MISPLACED_OPTIONAL]",
  ],
  [
    "/x:a?",
    'The path "/x:a?" makes a part of a segment optional.\n' +
      '  mend: only a whole last segment can be, for example "/:id?"  [MISPLACED_OPTIONAL]',
  ],
  [
    "/*a/b",
    'The path "/*a/b" has text after a catch-all, which takes the whole rest of the path.\n' +
      '  mend: end the path with "*a"  [MISPLACED_CATCH_ALL]',
  ],
  [
    "/a*b",
    'The path "/a*b" has a "*" inside a segment.\n  mend: a catch-all is a whole segment, for example "/*path"  [MISPLACED_CATCH_ALL]',
  ],
  [
    "/:id(\\d+",
    'The path "/:id(\\d+" does not close the "(" of the parameter "id".\n  mend: add the missing ")"  [BAD_CONSTRAINT]',
  ],
];

for (const [path, message] of mistakes) {
  test(`"${path}" is refused with its mend`, () => {
    assert.throws(
      () => parsePath(path),
      (error: unknown) => {
        assert.instance(error, PathSyntaxError);
        assert.is((error as PathSyntaxError).message, message);
        return true;
      },
    );
  });
}

test("a constraint that is no regular expression is refused with the reason of the language", () => {
  assert.throws(() => parsePath("/:id(+)"), /constrains "id" with "\+".*Nothing to repeat[\s\S]*\[BAD_CONSTRAINT\]/);
});

test.run();
