import { test } from "uvu";
import * as assert from "uvu/assert";
import { readRequests } from "../../docs/curl.mjs";
import { readPrograms } from "../../docs/read-programs.mjs";

const fence = "```";

test("a block after `continues` belongs to the file before it, one after `file` to its program", () => {
  const programs = readPrograms(
    [
      `${fence}ts`,
      "one",
      fence,
      "<!-- continues -->",
      "",
      `${fence}ts`,
      "two",
      fence,
      "<!-- file: b.ts -->",
      `${fence}ts`,
      "three",
      fence,
    ].join("\n"),
  );
  assert.is(programs.length, 1);
  assert.equal(programs[0].files, [
    { name: "app.ts", text: "one\ntwo" },
    { name: "b.ts", text: "three" },
  ]);
});

test("a misspelt mark and an open block are errors with their line", () => {
  assert.throws(() => readPrograms(`<!-- continue -->\n${fence}ts\n${fence}`), /line 1: "continue" is no mark/);
  assert.throws(() => readPrograms(`\n${fence}ts\nno end`), /line 2 is never closed/);
});

test("curl's options are read, its lines joined, other commands skipped", () => {
  const text = [
    "$ npm start",
    "listening",
    "$ curl -i -b 'a=1; b=2' \\",
    "  -H 'Accept: text/html' -d x=1 -d y=2 'localhost:8000/a?b=1'",
    "HTTP/1.1 200 OK",
  ].join("\n");
  assert.equal(readRequests(text, 10), [
    {
      line: 12,
      method: "POST",
      path: "/a?b=1",
      headers: { cookie: "a=1; b=2", accept: "text/html", "content-type": "application/x-www-form-urlencoded" },
      body: "x=1&y=2",
      showsHead: true,
      expected: "HTTP/1.1 200 OK",
    },
  ]);
});

test("an option of curl that is not known is an error, and not left out", () => {
  assert.throws(() => readRequests("$ curl --compressed localhost:8000/", 1), /--compressed is not known/);
});

test.run();
