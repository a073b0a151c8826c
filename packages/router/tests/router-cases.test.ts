import { readFileSync } from "node:fs";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { RouteTree, type Match, type Pattern, type RouteTreeOptions } from "@madeleine/router";

interface Case {
  readonly id: string;
  readonly note?: string;
  readonly options: RouteTreeOptions;
  readonly routes: readonly (readonly [method: string, path: string, value: string])[];
  readonly request: { readonly method: string; readonly path: string };
  readonly expect: unknown;
}

// The file is the contract's; its form is checked by the 154 tests themselves.
const { cases } = JSON.parse(readFileSync(new URL("router-cases.json", import.meta.url), "utf8")) as { cases: Case[] };

for (const { id, note, options, routes, request, expect } of cases) {
  test(`${id}: ${request.method} ${request.path.slice(0, 40)}${note === undefined ? "" : ` (${note})`}`, () => {
    assert.equal(answer(options, routes, request), sortAllow(expect));
  });
}

function answer(options: RouteTreeOptions, routes: Case["routes"], { method, path }: Case["request"]): unknown {
  const tree = new RouteTree<string>(options);
  const patterns = new Map<string, Pattern>();
  try {
    for (const [routeMethod, routePath, value] of routes) patterns.set(value, tree.add(routeMethod, routePath, value));
  } catch {
    return { registerError: true };
  }
  return sortAllow(toExpectation(tree.match(method, path), patterns));
}

function toExpectation(match: Match<string>, patterns: ReadonlyMap<string, Pattern>): unknown {
  if (match.status !== 200) return match;
  const names = patterns.get(match.value)?.names ?? [];
  const entries = names.map((name, index) => [name, match.parameters[index]] as const);
  const params = Object.fromEntries(entries.filter(([, value]) => value !== undefined));
  return { status: 200, route: match.value, params };
}

function sortAllow(expectation: unknown): unknown {
  const { allow } = expectation as { allow?: string[] };
  return allow === undefined ? expectation : { ...(expectation as object), allow: [...allow].sort() };
}

test.run();
