import type { IncomingMessage, ServerResponse } from "node:http";
import { Place, type Class, type OpenScope, type Provides } from "@madeleine/di";
import type { AppOptions } from "./app-options.ts";
import type { Declared } from "./boot.ts";
import { checkAppOptions } from "./check-app-options.ts";
import { readCookieSettings, type CookieSettings } from "./cookie-settings.ts";
import { ErrorAnswers } from "./errors/error-answers.ts";
import { nameOfKind, toErrorRule, type ErrorHandler, type ErrorRule } from "./errors/on-error.ts";
import { explainRoute } from "./explain/explain-route.ts";
import { findRoute } from "./explain/find-route.ts";
import { listRoutes, type ListedRoute } from "./explain/list-routes.ts";
import { Lifecycle } from "./lifecycle.ts";
import { lifespanGraph } from "./lifespan.ts";
import { neverThrowing, standardLogger, type Logger } from "./logger.ts";
import type { Replacement } from "./overrides.ts";
import { constant } from "./parameters/constant.ts";
import { givenClasses } from "./parameters/given.ts";
import { reachedRoutes } from "./mounts/hidden-routes.ts";
import { registerMountable, type Mountable } from "./mounts/mountable.ts";
import { mountedIn } from "./mounts/mounted-in.ts";
import { buildUrlPath, type QueryValues } from "./routes/route-names.ts";
import { Router } from "./routes/router.ts";
import { openScope, useScope, type ScopeOptions } from "./scope.ts";
import type { ListenOptions } from "./server/listening.ts";
import { Serving } from "./serving.ts";

/**
 * An application: the outermost group of routes, error handlers and overrides, and the server that answers with them.
 *
 * Shape:  `const app = new App({ controllers: [Items] }); await app.listen({ port: 8000 });`
 * Errors: everything that is wrong with what it was told is one BootError, thrown by `boot` and `listen` before the port opens; a
 *         TypeError at once for an option that there is none of, or that cannot be what it is.
 */
export class App extends Router {
  readonly title: string;
  /** Where the application writes what its operator must know; one that throws is written to the standard error. */
  readonly logger: Logger;

  readonly #options: AppOptions;
  readonly #errors: ErrorAnswers;
  /** The handlers that `on` was given, by kind. */
  readonly #answered = new Map<number | Class, { readonly handler: ErrorHandler; readonly place: Place }>();
  readonly #cookies: CookieSettings;
  readonly #serving: Serving;
  readonly #life: Lifecycle;
  readonly #mountable: Mountable = {
    boot: () => this.boot(),
    close: () => this.close(),
    respond: (exchange, rootPath) => this.#serving.respond(exchange, rootPath),
    reached: () => reachedRoutes(this.#life.compiled()),
    mounted: () => mountedIn(this),
  };

  constructor(options: AppOptions = {}) {
    super("", options);
    checkAppOptions(options);
    const { title = "Madeleine application", trustProxy, rootPath } = options;
    const logger = neverThrowing(options.logger ?? standardLogger);
    this.title = title;
    this.logger = logger;
    this.#options = options;
    this.#errors = new ErrorAnswers(logger, options.errorFormat);
    this.#cookies = readCookieSettings(options, logger);
    this.#serving = new Serving({
      limits: options,
      cookies: this.#cookies.rules,
      trustProxy,
      rootPath,
      errors: this.#errors,
      logger,
    });
    this.#life = new Lifecycle({
      title,
      logger,
      serving: this.#serving,
      declared: () => this.#declared(),
      lifespan: () => options.lifespan && lifespanGraph(options.lifespan, this, options),
      self: this.#mountable,
    });
    registerMountable(this, this.#mountable);
  }

  /**
   * Answers errors by status, or by class: the most specific class of an error counts. The answer is a response, or a value
   * sent under the error's status. Of errors that are no client's, a class counts before 500.
   *
   * Errors: TypeError for a kind that no error ever is, and for a second handler of one kind: the first would never answer again.
   */
  on(status: number, handler: ErrorHandler): this;
  on<E>(kind: abstract new (...parameters: never[]) => E, handler: ErrorHandler<E>): this;
  on(kind: number | Class, handler: ErrorHandler<never>): this {
    const rule = toErrorRule("app.on", kind, handler as ErrorHandler);
    const known = this.#answered.get(rule.kind);
    if (known !== undefined && known.handler !== rule.handler) throw answeredTwice(rule, known.place);
    this.#answered.set(rule.kind, { handler: rule.handler, place: new Place(this.on) });
    this.#errors.on(rule);
    return this;
  }

  /**
   * Replaces a dependency or a class, in this application only: by a value, a function that makes it, another dependency or another
   * class. What a function makes lives as long as what it replaces. Undone by `using` or by calling `[Symbol.dispose]()`; the
   * latest override of a dependency counts.
   *
   * Errors: BootError where the application has booted and the replacement does not fit its graph.
   */
  override<V>(replaced: Provides<V> | Class<V>, by: NoInfer<Replacement<V>>): Disposable {
    return this.#life.override(replaced, by, new Place(this.override));
  }

  /**
   * Runs dependencies outside of any request, for jobs and scripts: the same graph, one value of each for this scope.
   *
   * Shape:  `await app.scope(async (scope) => (await scope.resolve(Orders)).close())`, where generators see what was thrown;
   *         `await using scope = await app.scope()`, which cannot tell them: an error goes to `scope.close({ error })`.
   * Errors: BootError for what has mistakes; what making a value threw; one that names what a request would have to bring, and
   *         `provide: [given(CurrentUser, alice)]` brings instead.
   */
  scope(options?: ScopeOptions): Promise<OpenScope>;
  scope<R>(use: (scope: OpenScope) => R, options?: ScopeOptions): Promise<Awaited<R>>;
  async scope(first?: ScopeOptions | ((scope: OpenScope) => unknown), second?: ScopeOptions): Promise<unknown> {
    const options = (typeof first === "function" ? second : first) ?? {};
    const scope = await openScope(options, (all, beforeEnd) => this.#life.scope(all, beforeEnd));
    return typeof first === "function" ? useScope(scope, first) : scope;
  }

  /** Every route: method, path, name. Errors: BootError where the application has not booted and has mistakes. */
  get routes(): readonly ListedRoute[] {
    return listRoutes(this.#life.compiled().routes);
  }

  /**
   * The plan of a route, for people: guards, inputs, dependencies and when they end, what lives as long as the application, and
   * where each was declared.
   *
   * Shape:  `console.log(app.explain("GET /profile"))`
   * Errors: an Error that names routes like it; BootError where the application has not booted and has mistakes.
   */
  explain(route: string): string {
    const { routes, graph } = this.#life.compiled();
    return explainRoute(findRoute(route, routes), graph);
  }

  /**
   * Checks and compiles everything, and makes what lives as long as the application. `listen` does it, too.
   *
   * Errors: BootError; what making a value threw. Whatever was made until then is torn down, and the next boot begins anew.
   */
  boot(): Promise<void> {
    return this.#life.boot();
  }

  /**
   * Opens the port, after `boot`.
   *
   * Errors: BootError; ListenError for a port in use, a missing permission, an unknown host: the application has then booted,
   *         and may listen elsewhere or `close`. Uncaught, both are printed without a stack and the process ends with code 1.
   */
  listen(options: ListenOptions = {}): Promise<void> {
    return this.#life.listen(options);
  }

  /** The address while it is listening: `"http://127.0.0.1:8000"`. */
  get url(): string | undefined {
    return this.#life.url;
  }

  /**
   * Stops listening, answers what is under way, then tears down what lives as long as the application; it may boot again
   * afterwards. A request handler that calls it does not wait for it: it waits for that handler's answer.
   *
   * Errors: what a tear-down threw, when all are done; an Error that names the requests that outlasted the time of grace.
   */
  close(): Promise<void> {
    return this.#life.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /**
   * The path of a route by its name, or by `"Class.method"`: encoded, with its query. Where the application is mounted, or published
   * under a path of a proxy, `request.rootPath` belongs before it.
   *
   * Shape:  `app.pathFor("Items.read", { id: 7 }, { tab: "all" })` gives `"/items/7?tab=all"`.
   * Errors: Error for a name that no route has, or several have, and before the application has booted; PathValueError for a value that
   *         is missing, unknown, or refused by the path.
   */
  pathFor(name: string, values: Readonly<Record<string, string | number>> = {}, query: QueryValues = {}): string {
    const names = this.#life.booted?.names;
    if (names === undefined) throw new Error(`app.pathFor(${JSON.stringify(name)}) came before the application has booted`);
    return buildUrlPath(names, name, values, query);
  }

  protected override get word(): "app" {
    return "app";
  }

  protected override get isTooLate(): boolean {
    return this.#life.hasBegun;
  }

  /** The listener of a `node:http` server that somebody else made; call `boot` first. */
  get callback(): (raw: IncomingMessage, rawResponse: ServerResponse) => void {
    return this.#serving.callback;
  }

  #declared(): Omit<Declared, "overrides"> {
    return {
      root: this,
      trailingSlash: this.#options.trailingSlash,
      provided: givenClasses().set(App, constant(App.name, this)),
      bindings: this.#options.provide ?? [],
      exposeInput: this.#options.exposeInput ?? false,
      startTimeoutMs: this.#options.startTimeoutMs,
      teardownTimeoutMs: this.#options.teardownTimeoutMs,
      errors: this.#errors,
      logger: this.logger,
      cookies: this.#cookies,
    };
  }
}

function answeredTwice({ kind }: ErrorRule, place: Place): TypeError {
  const name = nameOfKind(kind);
  const first = place.toString() === undefined ? "another" : `the one of ${place}`;
  return new TypeError(
    `app.on(${name}, handler) comes after ${first}, which would never answer again. mend: keep one of the two; for some routes only, new Router("/path", { errors: [onError(${name}, …)] })`,
  );
}
