import { nodeHttp, type Request } from "@madeleine/http";
import { RouteTree, type Match, type Pattern, type RoutePlace } from "@madeleine/router";
import type { Route } from "./routes/route.ts";
import { everyMethod, mountedPath } from "./routes/route-definition.ts";

/** What becomes of a path whose other form, with or without a slash at its end, has a route. */
export type TrailingSlash = "redirect" | "strict" | "ignore";

/** The routes of one host. */
interface HostRoutes {
  readonly host: string;
  readonly tree: RouteTree<Route>;
}

// A mount leaves it to what is mounted which methods there are. CONNECT never reaches a route; GET is the one to name in a conflict.
const mountMethods = ["GET", ...nodeHttp.METHODS.filter((method) => method !== "CONNECT" && method !== "GET")];

/** All routes of an application: a tree for each host that routes are constrained to, and one for the others. */
export class RouteTable {
  readonly trailingSlash: TrailingSlash;
  readonly #tree: RouteTree<Route>;
  /** Those of exact names first, then those of longer suffixes. */
  readonly #hosts: HostRoutes[] = [];

  constructor(trailingSlash: TrailingSlash = "redirect") {
    this.trailingSlash = trailingSlash;
    this.#tree = this.#createTree();
  }

  /** Errors: PathSyntaxError, RouteConflict. */
  add(route: Route, host: string | undefined, place: RoutePlace | undefined): Pattern {
    const tree = host === undefined ? this.#tree : this.#treeOf(host);
    if (route.method !== everyMethod) return tree.add(route.method, route.path, route, place);
    const withoutSlash = route.path.slice(0, -mountedPath.length);
    if (this.trailingSlash === "ignore" && withoutSlash !== "")
      for (const method of mountMethods) tree.add(method, withoutSlash, route, place);
    const [pattern] = mountMethods.map((method) => tree.add(method, route.path, route, place));
    return pattern!;
  }

  /** The route for a request, under its own path unless told another one. */
  match(request: Request, path: string = request.path): Match<Route> {
    return this.#hosts.length === 0 ? matchIn(this.#tree, request.method, path) : this.#matchHosts(request, path);
  }

  /** The route for a path, among those of one host, or of none. */
  find(method: string, path: string, host: string | undefined): Route | undefined {
    const tree = host === undefined ? this.#tree : this.#treeOf(host);
    const match = matchIn(tree, method, path);
    return match.status === 200 ? match.value : undefined;
  }

  /**
   * Routes of the request's host come first. What matches in none may still have other methods: all of them are allowed then.
   *
   * Source: PX-04: names are compared as text, in lower case and without the port; `exampleXcom` is no `example.com`.
   */
  #matchHosts({ method, hostname }: Request, path: string): Match<Route> {
    const allow = new Set<string>();
    const trees = this.#hosts.filter(({ host }) => isHost(hostname, host)).map(({ tree }) => tree);
    for (const tree of [...trees, this.#tree]) {
      const match = matchIn(tree, method, path);
      if (match.status === 405) for (const allowed of match.allow) allow.add(allowed);
      else if (match.status !== 404) return match;
    }
    return allow.size === 0 ? { status: 404 } : { status: 405, allow: [...allow] };
  }

  #treeOf(host: string): RouteTree<Route> {
    const known = this.#hosts.find((one) => one.host === host);
    if (known !== undefined) return known.tree;
    const tree = this.#createTree();
    this.#hosts.push({ host, tree });
    this.#hosts.sort((a, b) => Number(isPattern(a.host)) - Number(isPattern(b.host)) || b.host.length - a.host.length);
    return tree;
  }

  #createTree(): RouteTree<Route> {
    return new RouteTree<Route>({ trailingSlash: this.trailingSlash === "ignore" ? "ignore" : "strict" });
  }
}

function matchIn(tree: RouteTree<Route>, method: string, path: string): Match<Route> {
  const match = tree.match(method, path);
  // A mount has a HEAD of its own, which would come before the GET of a route that comes before the mount (RFC 9110 §9.3.2).
  return method === "HEAD" && match.status === 200 && match.value.method === everyMethod ? tree.match("GET", path) : match;
}

function isPattern(host: string): boolean {
  return host.startsWith("*.");
}

/** Both in lower case. `*.example.com` is every name under it, and not itself. */
function isHost(hostname: string, host: string): boolean {
  if (!isPattern(host)) return hostname === host;
  return hostname.length > host.length - 1 && hostname.endsWith(host.slice(1));
}
