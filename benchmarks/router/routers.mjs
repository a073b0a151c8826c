/**
 * The routers, each behind one function: routes in, a look-up of a GET path out.
 *
 * None of them is asked to write source text and evaluate it, which rou3 and hono could: `RouteTree` does not, either.
 */
import { RouteTree } from "@madeleine/router";
import findMyWay from "find-my-way";
import { RegExpRouter } from "hono/router/reg-exp-router";
import { SmartRouter } from "hono/router/smart-router";
import { TrieRouter } from "hono/router/trie-router";
import { Memoirist } from "memoirist";
import { addRoute, createRouter, findRoute } from "rou3";

export const routers = {
  madeleine(routes) {
    const tree = new RouteTree();
    for (const [index, [method, path]] of routes.entries()) tree.add(method, path, index);
    return { find: (path) => tree.match("GET", path), isFound: ({ status }) => status === 200 };
  },
  memoirist(routes) {
    const router = new Memoirist();
    for (const [index, [method, path]] of routes.entries()) router.add(method, withBareStar(path), index);
    return { find: (path) => router.find("GET", path), isFound: isTruthy };
  },
  "find-my-way"(routes) {
    const router = findMyWay();
    const handler = () => {};
    for (const [method, path] of routes) router.on(method, withBareStar(path), handler);
    return { find: (path) => router.find("GET", path), isFound: isTruthy };
  },
  rou3(routes) {
    const router = createRouter();
    for (const [index, [method, path]] of routes.entries()) addRoute(router, method, path.replace("*rest", "**:rest"), index);
    return { find: (path) => findRoute(router, "GET", path), isFound: isTruthy };
  },
  "hono trie"(routes) {
    return honoRouter(new TrieRouter(), routes);
  },
  "hono smart"(routes) {
    return honoRouter(new SmartRouter({ routers: [new RegExpRouter(), new TrieRouter()] }), routes);
  },
};

function honoRouter(router, routes) {
  for (const [index, [method, path]] of routes.entries()) router.add(method, withBareStar(path), index);
  return { find: (path) => router.match("GET", path), isFound: ([handlers]) => handlers.length > 0 };
}

function withBareStar(path) {
  return path.replace("*rest", "*");
}

function isTruthy(found) {
  return Boolean(found);
}
