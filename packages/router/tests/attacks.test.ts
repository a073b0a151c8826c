import { test } from "uvu";
import * as assert from "uvu/assert";
import { RouteTree } from "@madeleine/router";
import { assertLinear } from "../../../scripts/test/assert-linear.ts";

function treeOf(...paths: string[]): RouteTree<string> {
  const tree = new RouteTree<string>();
  for (const path of paths) tree.add("GET", path, path);
  return tree;
}

test("PA-01 malformed encoding and invalid UTF-8 are 400, anywhere in the path, and never an exception", () => {
  const tree = treeOf("/u/:name", "/s", "/t/:id(\\d+)", "/m/:a-:b(\\d+)/*rest");
  const paths = [
    "/u/%zz",
    "/u/%E0%A4%A",
    "/u/%",
    "/%ff",
    "/s%",
    "/u/%c3%28",
    "/u/%C0%AF",
    "/u/%ED%A0%80",
    "/nothing/%",
    "/u/%25%",
    "/t/%zz",
    "/m/a-%",
    "/m/a-1/%",
  ];
  for (const path of paths) assert.equal(tree.match("GET", path), { status: 400 }, path);
});

test("PA-02 an encoded path has one reading: that of the plain one", () => {
  const tree = treeOf("/admin", "/:page");
  assert.equal(tree.match("GET", "/%61dmin"), tree.match("GET", "/admin"));
});

test("PA-03 slashes are never collapsed and dot segments never resolved", () => {
  const tree = treeOf("/admin");
  for (const path of ["//admin", "/admin/", "/./admin", "/x/../admin", "/admin/.", "/%2e/admin"]) {
    assert.is(tree.match("GET", path).status, 404, path);
  }
});

test("PA-05 encoded separators never become separators, and are decoded once", () => {
  const tree = treeOf("/admin/:page", "/:name");
  assert.equal(tree.match("GET", "/admin%2Fsecret"), { status: 200, value: "/:name", parameters: ["admin/secret"] });
  assert.equal(tree.match("GET", "/admin%252Fsecret"), { status: 200, value: "/:name", parameters: ["admin%2Fsecret"] });
});

test("PA-10 matching is linear whatever the template", async () => {
  for (const template of [
    "/:a-:b-:c",
    "/:a-:b-:c.json",
    "/:a--:b--:c-x",
    "/:a(.+)-:b(.+)-:c(\\d+)",
    "/:a(\\w+)-:b(\\w+)-:c(\\w+)",
  ]) {
    const tree = treeOf(template, "/:x/*y");
    await assertLinear(template, (size) => tree.match("GET", `/${"-".repeat(size)}`), 50_000);
    await assertLinear(`${template}, missed`, (size) => tree.match("GET", `/${"-".repeat(size)}/x`), 50_000);
  }
});

test("PA-10 templates that could be read in exponentially many ways are refused", () => {
  for (const template of ["/:a:b:c/:z", "/{a}{b}{c}/:z", "/*x/:y/*z", "/:a(\\d+):b"]) {
    assert.throws(
      () => treeOf(template),
      (error: Error) => error.name === "PathSyntaxError",
      template,
    );
  }
});

test("PA-12 15 kB paths are matched in linear time", async () => {
  const tree = treeOf("/:a/:b/:c/end", "/a/:b/:c/end", "/a/a/:c/end", "/a/a/a/end", "/:a.:b/*rest", "/l/:x", "/x/*rest");
  const paths: [count: number, path: (count: number) => string][] = [
    [7_500, (count) => "/a".repeat(count)],
    [15_000, (count) => `/${"a".repeat(count)}`],
    [15_000, (count) => "/".repeat(count)],
    [3_750, (count) => "/%61".repeat(count)],
    [15_000, (count) => `/l/${"a".repeat(count)}/y`],
  ];
  for (const [count, path] of paths) await assertLinear(path(2), (size) => tree.match("GET", path(size)), count);
});

test("PA-12 backtracking visits each node once: forks at every depth cost what the tree is large", async () => {
  const trees = new Map([6, 10].map((depth) => [2 ** depth, { depth, tree: forkAtEveryDepth(depth) }]));
  const miss = (leaves: number): void => {
    const { depth, tree } = trees.get(leaves)!;
    assert.is(tree.match("GET", `${"/a".repeat(depth)}/miss`).status, 404);
  };
  await assertLinear("forks", miss, 2 ** 10);
});

function forkAtEveryDepth(depth: number): RouteTree<string> {
  const tree = new RouteTree<string>();
  for (let bits = 0; bits < 2 ** depth; bits += 1) {
    const segments = Array.from({ length: depth }, (_, at) => ((bits >> at) & 1 ? "a" : `:p${at}`));
    tree.add("GET", `/${segments.join("/")}/end`, "");
  }
  return tree;
}

test("PA-13 parameters never cross from one match to the next", () => {
  const tree = treeOf("/u/:id", "/u/:id/:tab");
  const first = tree.match("GET", "/u/1");
  tree.match("GET", "/u/2/x");
  assert.equal(first, { status: 200, value: "/u/:id", parameters: ["1"] });
});

test("PA-14 names of Object.prototype are ordinary text, methods and parameters", () => {
  const names = ["__proto__", "constructor", "toString", "hasOwnProperty"];
  const tree = treeOf("/a/:__proto__", "/b/:constructor");
  for (const name of names) {
    assert.equal(tree.match("GET", `/${name}`), { status: 404 });
    assert.equal(tree.match(name, "/a/x"), { status: 405, allow: ["GET"] });
    assert.equal(tree.match("GET", `/a/${name}`), { status: 200, value: "/a/:__proto__", parameters: [name] });
  }
  assert.is(treeOf("/__proto__").match("GET", "/__proto__").status, 200);
});

test.run();
