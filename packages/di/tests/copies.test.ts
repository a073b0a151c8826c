import { test } from "uvu";
import * as assert from "uvu/assert";
import { copiesProblems, registerCopy } from "@madeleine/di";

test("a package that is loaded once is no problem", () => {
  registerCopy("once", "file:///app/node_modules/once/dist/copies.js");
  assert.equal(copiesProblems(), []);
});

test("the same file loaded again is the same copy, as in a hot reload", () => {
  registerCopy("reloaded", "file:///app/reloaded/copies.js");
  registerCopy("reloaded", "file:///app/reloaded/copies.js?v=2#top");
  assert.equal(copiesProblems(), []);
});

test("a bundle that has no URL is not counted", () => {
  registerCopy("bundled", undefined);
  registerCopy("bundled", "file:///app/bundle.js");
  assert.equal(copiesProblems(), []);
});

test("a package that is loaded from two places is a problem that names both", () => {
  registerCopy("twice", "file:///app/node_modules/twice/dist/copy.js");
  registerCopy("twice", "file:///app/node_modules/plugin/node_modules/twice/dist/copy.js");
  assert.equal(copiesProblems(), [
    {
      code: "TWO_COPIES",
      what: "2 copies of twice are loaded in this process, and the classes of one are unknown to the other.",
      where: "/app/node_modules/twice/dist and /app/node_modules/plugin/node_modules/twice/dist",
      mend: "make all that ask for it agree on one version: npm ls twice, then npm dedupe",
    },
  ]);
});

test.run();
