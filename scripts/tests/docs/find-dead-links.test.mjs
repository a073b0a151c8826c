import { test } from "uvu";
import * as assert from "uvu/assert";
import { findDeadLinks } from "../../docs/find-dead-links.mjs";

const find = (markdown) => findDeadLinks({ path: "docs/page.md", markdown });

test("links to files, to headings and to other sites are alive", () => {
  const own = "# How it works, here\n\n[own](#how-it-works-here)";
  assert.equal(find(`${own} [license](../LICENSE) [page](quick-start.md#a-route) [site](https://example.com)`), []);
});

test("a link to no file, and one to no heading of a file, is dead", () => {
  assert.equal(find("[gone](gone.md) [gone](quick-start.md#lunch) [gone](#lunch)"), [
    "gone.md",
    "quick-start.md#lunch",
    "#lunch",
  ]);
});

test("what looks like a link in code is none", () => {
  assert.equal(find("`a[0](gone.md)`\n\n```ts\nhandlers[0](gone)\n```"), []);
});

test.run();
