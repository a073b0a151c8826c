import * as fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { keepFilename } from "../../src/multipart/filename.ts";

test("the last segment is kept, whatever system it comes from, and no control character", () => {
  const names: [string, string][] = [
    ["photo.png", "photo.png"],
    ["../../etc/passwd", "passwd"],
    [String.raw`C:\fakepath\a b.txt`, "a b.txt"],
    [String.raw`..\..\x/y`, "y"],
    ["/", ""],
    ["..", ""],
    [".", ""],
    [".htaccess", ".htaccess"],
    ["a\r\nSet-Cookie: x", "aSet-Cookie: x"],
    ["a\u0000.png", "a.png"],
    ["x\u202egnp.exe", "xgnp.exe"],
    ["日本 ïé\u{1f600}.txt", "日本 ïé\u{1f600}.txt"],
  ];
  for (const [sent, kept] of names) assert.is(keepFilename(sent), kept);
});

test("nothing that is kept leads out of a directory", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("/", "\\", ".", "a", "\u0000", "\n", "\u202e") }), (sent) => {
      const kept = keepFilename(sent);
      assert.not.match(kept, /[/\\\u0000-\u001f\u202e]/);
      assert.ok(kept !== "." && kept !== "..");
    }),
  );
});

test.run();
