import * as fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { RouteConflict, RouteTree, buildPath, type RouteTreeOptions } from "@madeleine/router";

interface Route {
  readonly method: string;
  readonly path: string;
}

// Few, short and overlapping, so that random routes and paths meet.
const patternSegments = ["a", "ab", "b", ":p", ":p.json", ":p-:q", ":p(a)-:q", ":p(\\d+)", ":p(a|b)", "aa:p"];
const pathSegments = ["a", "ab", "b", "1", "aab", "a-1", "a-b.json", "--1", "-", "", "%61", "b%2Fc"];

const method = fc.constantFrom("GET", "GET", "GET", "POST", "HEAD");

const routePath = fc
  .tuple(fc.array(fc.constantFrom(...patternSegments), { maxLength: 3 }), fc.constantFrom("", "", "/:last?", "/*rest", "/"))
  .map(
    ([segments, end]) => segments.map((segment, index) => `/${segment.replace(/:(\w)/g, `:$1${index}`)}`).join("") + end || "/",
  );
const routes = fc.array(fc.record({ method, path: routePath }), { minLength: 1, maxLength: 20 });
const requestPath = fc
  .array(fc.constantFrom(...pathSegments), { minLength: 1, maxLength: 3 })
  .map((segments) => `/${segments.join("/")}`);

test("a tree answers like a list that tries every route and takes the best", () => {
  const property = fc.property(
    routes,
    method,
    fc.array(requestPath, { minLength: 1, maxLength: 8 }),
    (wanted, requestMethod, paths) => {
      const { tree, added } = plant(wanted);
      for (const path of paths)
        assert.equal(sortAllow(tree.match(requestMethod, path)), expected(added, requestMethod, path), path);
    },
  );
  fc.assert(property, { numRuns: 3_000 });
});

test("the order of registration does not matter", () => {
  const property = fc.property(routes, fc.array(requestPath, { minLength: 1, maxLength: 8 }), (wanted, paths) => {
    const { tree, added } = plant(wanted);
    const { tree: reversed } = plant(added.toReversed());
    for (const path of paths) assert.equal(sortAllow(reversed.match("GET", path)), sortAllow(tree.match("GET", path)), path);
    assert.is(reversed.toString(), tree.toString());
  });
  fc.assert(property);
});

test("a path that differs from a route in one character is another path, before and behind parameters too", () => {
  const text = fc.string({ unit: fc.constantFrom(..."abp/12é"), minLength: 1, maxLength: 6 });
  const change = fc.record({ at: fc.nat(), to: fc.constantFrom(..."abcdpqr/0123_éè") });
  const toPath = fc.constantFrom(
    (literal: string) => literal,
    (literal: string) => `/:id${literal}`,
    (literal: string) => `${literal}/:id`,
  );
  const property = fc.property(fc.uniqueArray(text, { minLength: 1 }), fc.array(change), toPath, (texts, changes, form) => {
    const literals = texts.map((one) => `/${one}`);
    const tree = plant(literals.map((literal) => ({ method: "GET", path: form(literal) }))).tree;
    for (const literal of literals) {
      for (const { at, to } of changes) {
        const index = 1 + (at % (literal.length - 1));
        const changed = literal.slice(0, index) + to + literal.slice(index + 1);
        const match = tree.match("GET", form(changed).replace(":id", "x"));
        assert.is(match.status, literals.includes(changed) ? 200 : 404, `${literal} ${changed}`);
      }
    }
  });
  fc.assert(property, { numRuns: 1_000 });
});

test("an ignored slash at the end changes nothing where no catch-all takes it", () => {
  const open = routes.map((wanted) => wanted.filter(({ path }) => !path.includes("*")));
  const path = requestPath.filter((one) => !one.endsWith("/"));
  const property = fc.property(open, method, fc.array(path, { minLength: 1, maxLength: 8 }), (wanted, requestMethod, paths) => {
    const { tree, added } = plant(wanted, { trailingSlash: "ignore" });
    const trimmed = added.map((route) => ({ ...route, path: route.path.replace(/(.)\/$/, "$1") }));
    for (const one of paths) {
      const answer = sortAllow(tree.match(requestMethod, one));
      assert.equal(sortAllow(tree.match(requestMethod, `${one}/`)), answer, one);
      assert.is(statusOf(answer), statusOf(expected(trimmed, requestMethod, one)), one);
    }
  });
  fc.assert(property);
});

test("any text is matched without an exception, and what is found is a status of HTTP", () => {
  const tree = plant([
    { method: "GET", path: "/:p.:q/*rest" },
    { method: "GET", path: "/é/:id(\\p{L}+)" },
  ]).tree;
  const text = fc.string({ unit: "binary" }).map((end) => `/${end}`);
  fc.assert(fc.property(text, (path) => [200, 400, 404].includes(tree.match("GET", path).status)));
});

test("a built path finds its route and its values again", () => {
  const tree = new RouteTree<string>();
  const pattern = tree.add("GET", "/é x/:id/:name.json/*rest", "found");
  const text = fc
    .string({ unit: "grapheme", minLength: 1 })
    .filter((value) => value !== "." && value !== ".." && !value.includes(".json"));
  const rest = fc.array(text, { maxLength: 3 }).map((texts) => texts.join("/"));
  const property = fc.property(text, text, rest, (id, name, last) => {
    fc.pre(!last.split("/").some((part) => part === "." || part === ".."));
    const match = tree.match("GET", buildPath(pattern, { id, name, rest: last }));
    assert.equal(match, { status: 200, value: "found", parameters: [id, name, last] });
  });
  fc.assert(property);
});

/** The tree of all routes but those that conflict with an earlier one, and the list of those in it. */
function plant(wanted: readonly Route[], options?: RouteTreeOptions): { tree: RouteTree<string>; added: Route[] } {
  const tree = new RouteTree<string>(options);
  const added = wanted.filter(({ method: routeMethod, path }) => {
    try {
      tree.add(routeMethod, path, `${routeMethod} ${path}`);
      return true;
    } catch (error) {
      if (error instanceof RouteConflict) return false;
      throw error;
    }
  });
  return { tree, added };
}

function statusOf(answer: object): unknown {
  return "status" in answer ? answer.status : undefined;
}

function sortAllow(match: object): object {
  return "allow" in match ? { ...match, allow: [...(match.allow as string[])].sort() } : match;
}

// The reference: slow, without a tree, and close to the words of the contract.

interface Candidate {
  readonly route: Route;
  /** For each segment, how it ranks against others in its place: smaller is better. */
  readonly ranks: readonly number[];
  readonly parameters: readonly (string | undefined)[];
}

function expected(added: readonly Route[], requestMethod: string, path: string): object {
  const candidates = added.flatMap((route) => matchRoute(route, path.replaceAll("%61", "a")));
  const own = candidates.filter(({ route }) => route.method === requestMethod);
  const usable = own.length === 0 && requestMethod === "HEAD" ? candidates.filter(({ route }) => route.method === "GET") : own;
  const [best] = usable.sort((left, right) => compareRanks(left.ranks, right.ranks));
  if (best !== undefined) return { status: 200, value: `${best.route.method} ${best.route.path}`, parameters: best.parameters };
  const allow = [...new Set(candidates.map(({ route }) => route.method))].sort();
  return allow.length === 0 ? { status: 404 } : { status: 405, allow };
}

function compareRanks(left: readonly number[], right: readonly number[]): number {
  const index = left.findIndex((rank, position) => rank !== right[position]);
  return index === -1 ? 0 : (left[index] ?? 0) - (right[index] ?? 0);
}

function matchRoute(route: Route, path: string): Candidate[] {
  if (!route.path.endsWith("?")) return matchForm(route, route.path, path);
  const shorter = matchForm(route, route.path.slice(0, route.path.lastIndexOf("/")) || "/", path);
  const absent = shorter.map((candidate) => ({ ...candidate, parameters: [...candidate.parameters, undefined] }));
  return [...absent, ...matchForm(route, route.path.slice(0, -1), path)];
}

function matchForm(route: Route, form: string, path: string): Candidate[] {
  const segments = form.slice(1).split("/");
  const texts = path.slice(1).split("/");
  const isOpen = segments.at(-1) === "*rest";
  if (isOpen ? texts.length < segments.length : texts.length !== segments.length) return [];
  const ranks: number[] = [];
  const parameters: string[] = [];
  for (const [index, segment] of segments.entries()) {
    const text = segment === "*rest" ? texts.slice(index).join("/") : (texts[index] ?? "");
    const found = toExpression(segment).exec(text);
    if (found === null) return [];
    ranks.push(toRank(segment));
    parameters.push(...found.slice(1).map((value) => decodeURIComponent(value)));
  }
  return [{ route, ranks, parameters }];
}

function toExpression(segment: string): RegExp {
  if (segment === "*rest") return /^(.*)$/s;
  const source = segment.replaceAll(".", "\\.").replace(/:\w+(\([^)]*\))?/g, (_, constraint?: string) => constraint ?? "(.+?)");
  return new RegExp(`^${source}$`);
}

function toRank(segment: string): number {
  if (segment === "*rest") return 1_000;
  if (!segment.includes(":")) return 0;
  const literal = segment.replace(/:\w+(\([^)]*\))?/g, "");
  if (literal === "" && !segment.includes("(")) return 500; // a plain parameter
  return 400 - 10 * literal.length - segment.split("(").length; // more text, then more constraints
}

test.run();
