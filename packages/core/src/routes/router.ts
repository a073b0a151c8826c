import { Place, type Need } from "@madeleine/di";
import type { ErrorRule } from "../errors/on-error.ts";
import type { AnyMiddleware } from "../middleware/middleware.ts";
import type { MountTarget } from "../mounts/mount.ts";
import { readFunctionRoute, type FunctionRoute, type FunctionRouteRecord } from "./function-route.ts";
import { checkOptions } from "../check-options.ts";
import { includeRules, routerRules } from "./check-group-options.ts";
import type { ValidPath } from "./path-check.ts";
import { markIncluded, rememberRouter } from "./unserved.ts";

/** A class that can be made: an abstract one passes its routes on. */
// oxlint-disable-next-line typescript/no-explicit-any -- what the constructor takes is checked by its own decorators
type ConcreteClass = new (...parameters: any[]) => unknown;

/** What all routes of a group have. */
export interface RouterOptions {
  controllers?: readonly ConcreteClass[] | undefined;
  /** Guards of every route, before those of the routes themselves. */
  dependencies?: readonly Need[] | undefined;
  /** Around every route, outermost first. An application's are also around the answers where no route is. */
  middleware?: readonly AnyMiddleware[] | undefined;
  /** Under which the document lists the routes. */
  tags?: readonly string[] | undefined;
  /** The largest body that the routes read, in bytes. */
  maxBodyBytes?: number | undefined;
  /** The largest multipart form, files included, that the routes read, in bytes. */
  maxUploadBytes?: number | undefined;
  /** How the group answers errors, before anybody outside of it does: `[onError(OutOfStock, …), onError(404, …)]`. */
  errors?: readonly ErrorRule[] | undefined;
  /** The only host that the routes answer for: `"api.example.com"`, or `"*.example.com"` for all names under one. */
  host?: string | undefined;
}

/** What is added to a group where it is included: outside of what the group says itself. */
export interface IncludeOptions extends Pick<RouterOptions, "dependencies" | "middleware" | "tags"> {
  prefix?: string | undefined;
}

/** A group of routes inside of another. */
export interface Included {
  readonly router: AnyRouter;
  readonly options: IncludeOptions;
  readonly place: Place;
}

/** What answers everything under a path. */
export interface Mounted {
  readonly path: string;
  readonly target: MountTarget;
  readonly place: Place;
}

/** A group of routes as it was declared. */
export interface RouterRecord {
  readonly prefix: string;
  readonly options: RouterOptions;
  readonly routes: FunctionRouteRecord[];
  readonly includes: Included[];
  readonly mounts: Mounted[];
}

// oxlint-disable-next-line typescript/no-explicit-any -- a prefix matters only to the routes that are declared under it
export type AnyRouter = Router<any>;

let readRecord: (router: AnyRouter) => RouterRecord;

/** The record of a group; only boot reads it. */
export function routerRecord(router: AnyRouter): RouterRecord {
  return readRecord(router);
}

/**
 * A group of routes under a prefix: included in an application or in another group, once or several times.
 *
 * Shape:  `const users = new Router("/users", { tags: ["users"] }); users.get("/:id", { id: Path() }, …); app.include(users);`
 * Errors: what is declared after an application that has the group began to boot is an error: it would never be reached.
 */
export class Router<Prefix extends string = ""> {
  static {
    readRecord = (router) => router.#record;
  }

  readonly get: FunctionRoute<Prefix> = this.#functionRoute("GET");
  readonly post: FunctionRoute<Prefix> = this.#functionRoute("POST");
  readonly put: FunctionRoute<Prefix> = this.#functionRoute("PUT");
  readonly patch: FunctionRoute<Prefix> = this.#functionRoute("PATCH");
  readonly delete: FunctionRoute<Prefix> = this.#functionRoute("DELETE");
  readonly head: FunctionRoute<Prefix> = this.#functionRoute("HEAD");
  readonly options: FunctionRoute<Prefix> = this.#functionRoute("OPTIONS");
  readonly trace: FunctionRoute<Prefix> = this.#functionRoute("TRACE");

  readonly #record: RouterRecord;
  readonly #outer = new Set<AnyRouter>();

  constructor(prefix?: Prefix & ValidPath<Prefix>, options: RouterOptions = {}) {
    if (prefix !== undefined && typeof prefix !== "string")
      throw new TypeError("new Router(prefix, options): the prefix is text");
    if (this.word === "router")
      checkOptions((name) => `new Router(${JSON.stringify(prefix ?? "")}, { ${name} })`, options, routerRules);
    this.#record = { prefix: prefix ?? "", options, routes: [], includes: [], mounts: [] };
  }

  /**
   * Puts the routes of another group under this one. Its guards and middleware come after those that are given here.
   *
   * Errors: a group that includes itself is a BootError.
   */
  include(router: AnyRouter, options: IncludeOptions = {}): this {
    this.#refuseLate("include(router)", "groups");
    if (!(router instanceof Router)) throw new TypeError(`${this.word}.include(router, options) takes a Router`);
    if (router.word === "app")
      throw new TypeError(
        `${this.word}.include(router) takes a Router; an application is mounted: ${this.word}.mount("/path", app)`,
      );
    checkOptions((name) => `${this.word}.include(router, { ${name} })`, options, includeRules);
    this.#record.includes.push({ router, options, place: new Place(this.include) });
    router.#outer.add(this);
    markIncluded(router);
    return this;
  }

  /**
   * Has everything under a path answered by another application, a web-standard `fetch` handler or a listener of `node:http`, behind
   * the guards and the middleware of this group. It sees the path without its own part, which is `request.rootPath`.
   *
   * Shape:  `app.mount("/admin", adminApp)`, `app.mount("/api", { fetch: hono.fetch })`, `app.mount("/old", { node: expressApp })`
   * Errors: TypeError for anything else. An application that is mounted in itself is a BootError.
   */
  mount(path: string, target: MountTarget): this {
    this.#refuseLate(`mount(${JSON.stringify(path)})`, "mounts");
    if (typeof path !== "string") throw new TypeError(`${this.word}.mount(path, target): the path is text`);
    if (!isMountTarget(target)) {
      throw new TypeError(
        `${this.word}.mount(${JSON.stringify(path)}, target) takes an App, { fetch: (request) => response } or { node: (req, res) => … }`,
      );
    }
    this.#record.mounts.push({ path, target, place: new Place(this.mount) });
    return this;
  }

  /** What it is called in errors. */
  protected get word(): "router" | "app" {
    return "router";
  }

  /** Whether an application that has these routes began to boot. */
  protected get isTooLate(): boolean {
    return this.#isTooLate(new Set());
  }

  // Groups may include each other by mistake, which boot tells.
  #isTooLate(seen: Set<AnyRouter>): boolean {
    seen.add(this);
    return [...this.#outer].some(
      (outer) => !seen.has(outer) && (outer.word === "app" ? outer.isTooLate : outer.#isTooLate(seen)),
    );
  }

  #refuseLate(call: string, what: string): void {
    if (!this.isTooLate) return;
    throw new Error(`${this.word}.${call} came after the application began to boot: declare ${what} before boot() or listen()`);
  }

  #functionRoute(method: string): FunctionRoute<Prefix> {
    const name = method.toLowerCase();
    const add = (path: string, ...parts: unknown[]): void => {
      const declared = readFunctionRoute(`${this.word}.${name}`, path, parts);
      this.#refuseLate(`${name}(${JSON.stringify(path)})`, "routes");
      const place = new Place(add);
      if (this.word === "router" && this.#outer.size === 0) rememberRouter(this, { prefix: this.#record.prefix, place });
      this.#record.routes.push({ method, path, ...declared, place });
    };
    return add as FunctionRoute<Prefix>;
  }
}

function isMountTarget(target: unknown): boolean {
  if (target instanceof Router) return "listen" in target;
  if (target === null || (typeof target !== "object" && typeof target !== "function")) return false;
  const { fetch, node } = target as { fetch?: unknown; node?: unknown };
  return typeof fetch === "function" || typeof node === "function";
}
