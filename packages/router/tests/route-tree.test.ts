import { test } from "uvu";
import * as assert from "uvu/assert";
import { RouteConflict, RouteTree, type RouteTreeOptions } from "@madeleine/router";

function treeOf(paths: readonly string[], options?: RouteTreeOptions): RouteTree<string> {
  const tree = new RouteTree<string>(options);
  for (const entry of paths) {
    const [method = "", path = ""] = entry.includes(" /") ? entry.split(/ (?=\/)/) : ["GET", entry];
    tree.add(method, path, entry);
  }
  return tree;
}

function valueAt(tree: RouteTree<string>, path: string, method = "GET"): unknown {
  const match = tree.match(method, path);
  return match.status === 200 ? match.value : match.status;
}

function parametersAt(tree: RouteTree<string>, path: string): unknown {
  const match = tree.match("GET", path);
  return match.status === 200 ? match.parameters : match.status;
}

test("a route without parameters gives the same frozen match every time", () => {
  const tree = treeOf(["/a/b"]);
  const match = tree.match("GET", "/a/b");
  assert.is(match, tree.match("GET", "/a/b"));
  assert.ok(Object.isFrozen(match));
});

test("parameters come by position, an absent optional one as undefined", () => {
  const tree = treeOf(["/o/:a/:b?"]);
  assert.equal(parametersAt(tree, "/o/1/2"), ["1", "2"]);
  assert.equal(parametersAt(tree, "/o/1"), ["1", undefined]);
});

test("an optional parameter under the root is absent in the root", () => {
  const tree = treeOf(["/:page?"]);
  assert.equal(parametersAt(tree, "/"), [undefined]);
  assert.equal(parametersAt(tree, "/x"), ["x"]);
});

test("an optional parameter is not an empty one", () => {
  assert.is(valueAt(treeOf(["/o/:id?"]), "/o/"), 404);
});

test("a segment with text in it beats a plain parameter, the one with more text first, in any order", () => {
  const paths = ["/f/:name", "/f/:name.json", "/f/:a.:b", "/f/:id(\\d+)", "/f/:id(\\d+).json"];
  for (const tree of [treeOf(paths), treeOf(paths.toReversed())]) {
    assert.is(valueAt(tree, "/f/a"), "/f/:name");
    assert.is(valueAt(tree, "/f/a.json"), "/f/:name.json");
    assert.is(valueAt(tree, "/f/a.txt"), "/f/:a.:b");
    assert.is(valueAt(tree, "/f/12"), "/f/:id(\\d+)");
    assert.is(valueAt(tree, "/f/12.json"), "/f/:id(\\d+).json");
  }
});

test("of two constraints that both accept, the one registered first wins", () => {
  assert.is(valueAt(treeOf(["/:a(\\d+)", "/:b(\\w+)"]), "/1"), "/:a(\\d+)");
  assert.is(valueAt(treeOf(["/:b(\\w+)", "/:a(\\d+)"]), "/1"), "/:b(\\w+)");
});

test("a walk turns back from a constrained segment whose rest does not match", () => {
  const tree = treeOf(["/:id(\\d+)/a", "/:any/b", "/*rest"]);
  assert.is(valueAt(tree, "/1/b"), "/:any/b");
  assert.is(valueAt(tree, "/1/c"), "/*rest");
  assert.equal(parametersAt(tree, "/1/c"), ["1/c"]);
});

test("a constraint is tested on the decoded value, the one that the handler receives", () => {
  const tree = treeOf(["/u/:mail([\\w.]+@[\\w.]+)", "/f/:name([^/]+)"]);
  assert.equal(parametersAt(tree, "/u/a%40b.c"), ["a@b.c"]);
  assert.is(valueAt(tree, "/f/a%2Fb"), 404);
});

test("a constraint may contain groups, named or not, and parentheses in a class", () => {
  const tree = treeOf(["/d/:day((?<year>\\d{4})-(\\d\\d))-:name((?:a|(b))\\1?)", "/p/:x([()]+)"]);
  assert.equal(parametersAt(tree, "/d/2026-11-bb"), ["2026-11", "bb"]);
  assert.equal(parametersAt(tree, "/p/()"), ["()"]);
});

test("a constraint is anchored on both sides, alternatives too", () => {
  const tree = treeOf(["/l/:lang(en|fr)"]);
  assert.is(valueAt(tree, "/l/enx"), 404);
  assert.is(valueAt(tree, "/l/xfr"), 404);
});

test("the leftmost text divides a segment, unless a constraint refuses what comes out", () => {
  assert.equal(parametersAt(treeOf(["/:file.:ext"]), "/a.tar.gz"), ["a", "tar.gz"]);
  assert.equal(parametersAt(treeOf(["/:slug-:id(\\d+)"]), "/a-long-title-7"), ["a-long-title", "7"]);
});

test("a segment is never divided inside an escape", () => {
  assert.equal(parametersAt(treeOf(["/:a(.+)2:b"]), "/x%2Fy2z"), ["x/y", "z"]);
  assert.is(valueAt(treeOf(["/:a(.+)F"]), "/x%2F"), 404);
  assert.equal(parametersAt(treeOf(["/:a(.+)F"]), "/%2FF"), ["/"]);
});

test("HEAD is answered by the route for GET, but a route for HEAD wins (RFC 9110 §9.3.2)", () => {
  const tree = treeOf(["GET /a/b", "HEAD /a/:x", "GET /c"]);
  assert.is(valueAt(tree, "/a/b", "HEAD"), "HEAD /a/:x");
  assert.is(valueAt(tree, "/c", "HEAD"), "GET /c");
});

test("405 names the methods of every route that matches, each once (RFC 9110 §15.5.6)", () => {
  const tree = treeOf(["GET /s/:id", "POST /s/me", "PUT /s/*r", "GET /s/me"]);
  assert.equal(tree.match("DELETE", "/s/me"), { status: 405, allow: ["POST", "GET", "PUT"] });
  assert.equal(tree.match("HEAD", "/s/me").status, 200);
  assert.equal(tree.match("GET", "/nothing"), { status: 404 }, "nothing is left of the match before");
});

test("literal text is compared in canonical form (RFC 3986 §6.2.2)", () => {
  const tree = treeOf(["/user/list", "/café", "/a b", "/x%2Fy", "/100%25", "/k^l"]);
  assert.is(valueAt(tree, "/%75ser/%6c%69st"), "/user/list");
  assert.is(valueAt(tree, "/caf%c3%A9"), "/café");
  assert.is(valueAt(tree, "/a%20b"), "/a b");
  assert.is(valueAt(tree, "/x%2fy"), "/x%2Fy");
  assert.is(valueAt(tree, "/100%25"), "/100%25");
  assert.is(valueAt(tree, "/k%5El"), "/k^l");
  assert.is(valueAt(tree, "/user%2Flist"), 404, "an encoded slash is not a slash");
});

test("case is ignored on demand, in text and constraints, while values keep theirs", () => {
  const tree = treeOf(["/Users/:id", "/É/:lang(en|fr)", "/İ/:x"], { caseSensitive: false });
  assert.equal(parametersAt(tree, "/uSERS/AbC"), ["AbC"]);
  assert.equal(parametersAt(tree, "/%C3%A9/EN"), ["EN"]);
  assert.equal(parametersAt(tree, "/%C4%B0/AbC"), ["AbC"], "a letter whose lower case is longer moves nothing");
});

test("one trailing slash is ignored on demand, after parameters too, and never in a catch-all", () => {
  const tree = treeOf(["/", "/a", "/b/", "/p/:id", "/w/*rest"], { trailingSlash: "ignore" });
  for (const path of ["/a", "/a/", "/b", "/b/", "/p/1", "/p/1/"]) assert.type(valueAt(tree, path), "string", path);
  for (const path of ["//", "/a//", "/p/1//", "/p//"]) assert.is(valueAt(tree, path), 404, path);
  assert.equal(parametersAt(tree, "/w/a/"), ["a/"]);
});

test("two slashes at the end are one more than the ignored one", () => {
  const tree = treeOf(["GET /a", "POST /a//"], { trailingSlash: "ignore" });
  const answers = ["/a", "/a/", "/a//"].map((path) => [valueAt(tree, path), valueAt(tree, path, "POST")]);
  assert.equal(answers, [
    ["GET /a", 405],
    ["GET /a", "POST /a//"],
    [405, "POST /a//"],
  ]);
});

test("a route that is added after a match is found by the next", () => {
  const tree = treeOf(["/a/:id", "/ab"]);
  assert.is(valueAt(tree, "/a/1/x"), 404);
  for (const path of ["/a/:id/x", "/a/:id(\\d+)", "/*rest"]) tree.add("GET", path, path);
  assert.is(valueAt(tree, "/a/1/x"), "/a/:id/x");
  assert.is(valueAt(tree, "/a/1"), "/a/:id(\\d+)");
  assert.is(valueAt(tree, "/abc"), "/*rest");
  assert.is(valueAt(tree, "/ab"), "/ab");
});

test("a target that is no path has no route", () => {
  const tree = treeOf(["/", "/:a", "/x/:a", "/*rest"]);
  for (const path of ["", "*", "x", "x/1", "xx/1"]) assert.is(valueAt(tree, path), 404, path);
});

test("letters beyond ASCII are told apart, however far their codes are", () => {
  const tree = treeOf(["/聡", "/a", "/慡", "/é/:id", "/ñ/:id"]);
  for (const path of ["/聡", "/a", "/慡"]) assert.is(valueAt(tree, encodeURI(path)), path);
  assert.is(valueAt(tree, encodeURI("/é/1")), "/é/:id");
  assert.is(valueAt(tree, encodeURI("/耡")), 404);
});

test("a conflict names both routes and both places", () => {
  const tree = new RouteTree<number>();
  tree.add("GET", "/users/:id", 1, "Users.read");
  assert.throws(
    () => tree.add("GET", "/users/:name", 2, "Users.find"),
    (error: unknown) =>
      error instanceof RouteConflict &&
      error.message ===
        "GET /users/:name (Users.find) answers the same requests as GET /users/:id (Users.read).\n" +
          "  mend: remove one of the two, or give it another path, method or constraint  [ROUTE_CONFLICT]",
  );
});

test("routes of the same shape conflict however they are written", () => {
  const conflicts: [string, string, RouteTreeOptions?][] = [
    ["/o", "/o/:id?"],
    ["/o/:a?", "/o/:b"],
    ["/:a?", "/"],
    ["/*a", "/*b"],
    ["/:a.:b", "/:c.:d"],
    ["/:a(\\d+)", "/:b(\\d+)"],
    ["/café", "/caf%C3%A9"],
    ["/a", "/a/", { trailingSlash: "ignore" }],
    ["/a", "/A", { caseSensitive: false }],
  ];
  for (const [first, second, options] of conflicts)
    assert.throws(() => treeOf([first, second], options), /ROUTE_CONFLICT/, second);
});

test("other methods, other constraints and the two slashes do not conflict", () => {
  assert.not.throws(() => treeOf(["GET /a", "POST /a", "HEAD /a", "GET /a/", "GET /A", "/:a(\\d+)", "/:b(\\w+)", "/:c"]));
});

test("a refused route leaves the tree as it was", () => {
  const tree = treeOf(["/o/:id"]);
  assert.throws(() => tree.add("GET", "/o/:name?", "refused"));
  assert.is(valueAt(tree, "/o"), 404);
  assert.not.throws(() => tree.add("GET", "/o", "added"));
});

test.run();
