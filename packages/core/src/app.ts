import type { IncomingMessage, ServerResponse } from "node:http";
import { Place, type Class, type Provides } from "@madeleine/di";
import type { AppOptions } from "./app-options.ts";
import { compileApplication, type Booted, type Declared } from "./boot.ts";
import { ErrorAnswers, type ErrorHandler } from "./errors/error-answers.ts";
import { neverThrowing, standardLogger, type Logger } from "./logger.ts";
import { Overrides } from "./overrides.ts";
import { constant } from "./parameters/constant.ts";
import { givenClasses } from "./parameters/given.ts";
import { defineFunctionRoute } from "./routes/define-function-route.ts";
import { readFunctionRoute, type FunctionRoute } from "./routes/function-route.ts";
import type { RouteDefinition } from "./routes/route-definition.ts";
import { Listening, type ListenOptions } from "./server/listening.ts";
import { explainWhenUncaught } from "./server/uncaught.ts";
import { Serving } from "./serving.ts";
import { StartedGraphs } from "./started-graphs.ts";

/**
 * An application: routes, error handlers and overrides, and the server that answers with them.
 *
 * Shape:  `const app = new App({ controllers: [Items] }); await app.listen({ port: 8000 });`
 * Errors: everything that is wrong with what it was told is one BootError, thrown by `boot` and `listen` before the port opens.
 */
export class App {
  readonly title: string;
  readonly get: FunctionRoute = this.#functionRoute("GET");
  readonly post: FunctionRoute = this.#functionRoute("POST");
  readonly put: FunctionRoute = this.#functionRoute("PUT");
  readonly patch: FunctionRoute = this.#functionRoute("PATCH");
  readonly delete: FunctionRoute = this.#functionRoute("DELETE");
  readonly head: FunctionRoute = this.#functionRoute("HEAD");
  readonly options: FunctionRoute = this.#functionRoute("OPTIONS");
  readonly trace: FunctionRoute = this.#functionRoute("TRACE");

  readonly #options: AppOptions;
  readonly #logger: Logger;
  readonly #functionRoutes: RouteDefinition[] = [];
  readonly #errors: ErrorAnswers;
  readonly #overrides = new Overrides();
  readonly #graphs = new StartedGraphs();
  readonly #serving: Serving;
  #base: Booted | undefined;
  /** Whether an override was set or taken back while the application booted, too late for its graph. */
  #isOverriddenAnew = false;
  #booting: Promise<void> | undefined;
  #opening: Promise<Listening> | undefined;
  #closing: Promise<void> | undefined;
  #url: string | undefined;

  constructor(options: AppOptions = {}) {
    this.title = options.title ?? "Madeleine application";
    this.#options = options;
    this.#logger = neverThrowing(options.logger ?? standardLogger);
    this.#errors = new ErrorAnswers(this.#logger);
    this.#serving = new Serving({
      maxBodyBytes: options.maxBodyBytes,
      trustProxy: options.trustProxy,
      errors: this.#errors,
      logger: this.#logger,
    });
  }

  /**
   * Answers errors by status, or by class: the most specific class of an error counts. The answer is a response, or a value
   * sent under the error's status. Of errors that are no client's, a class counts before 500.
   */
  on(status: number, handler: ErrorHandler): this;
  on<E>(kind: abstract new (...parameters: never[]) => E, handler: ErrorHandler<E>): this;
  on(kind: number | Class, handler: ErrorHandler<never>): this {
    this.#errors.on(kind, handler as ErrorHandler);
    return this;
  }

  /**
   * Replaces a dependency or a class, in this application only: by a function, another dependency or another class. Undone by
   * `using` or by calling `[Symbol.dispose]()`; the latest override of a dependency counts.
   *
   * Errors: BootError where the application has booted and the replacement does not fit its graph.
   */
  override<V>(replaced: Provides<V> | Class<V>, by: (() => V | Promise<V>) | Provides<V> | Class<V>): Disposable {
    const takeBack = this.#overrides.add(replaced, by);
    try {
      this.#recompile();
    } catch (error) {
      takeBack(); // the application goes on as it was
      throw error;
    }
    return {
      [Symbol.dispose]: () => {
        takeBack();
        this.#recompile();
      },
    };
  }

  /**
   * Checks and compiles everything, and makes what lives as long as the application. `listen` does it, too.
   *
   * Errors: BootError; what making a value threw. Whatever was made until then is torn down, and the next boot begins anew.
   */
  boot(): Promise<void> {
    if (this.#booting !== undefined) return this.#booting;
    const booting = this.#boot();
    this.#booting = booting;
    booting.catch(() => this.#booting === booting && (this.#booting = undefined));
    return booting;
  }

  /**
   * Opens the port, after `boot`.
   *
   * Errors: BootError; ListenError for a port in use, a missing permission, an unknown host: the application has then booted,
   *         and may listen elsewhere or `close`. Uncaught, both are printed without a stack and the process ends with code 1.
   */
  async listen(options: ListenOptions = {}): Promise<void> {
    if (this.#opening !== undefined)
      throw new Error(`${this.title} is listening already${this.#url === undefined ? "" : `, on ${this.#url}`}`);
    const opening = this.#open(options);
    this.#opening = opening;
    try {
      const { url } = await opening;
      if (this.#opening === opening) this.#url = url;
    } catch (error) {
      if (this.#opening === opening) this.#opening = undefined;
      throw error;
    }
  }

  /** The address while it is listening: `"http://127.0.0.1:8000"`. */
  get url(): string | undefined {
    return this.#url;
  }

  /**
   * Stops listening, answers what is under way, then tears down what lives as long as the application; it may boot again
   * afterwards. A request handler that calls it does not wait for it: it waits for that handler's answer.
   *
   * Errors: what a tear-down threw, when all are done; an Error that names the requests that outlasted the time of grace.
   */
  close(): Promise<void> {
    return (this.#closing ??= this.#close().finally(() => (this.#closing = undefined)));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** The listener of a `node:http` server that somebody else made; call `boot` first. */
  get callback(): (raw: IncomingMessage, rawResponse: ServerResponse) => void {
    return this.#serving.callback;
  }

  async #boot(): Promise<void> {
    await this.#closing?.catch(() => {}); // heard by who closed it
    try {
      this.#isOverriddenAnew = false;
      const booted = compileApplication(this.#declared());
      await this.#graphs.start(booted.graph);
      this.#base = booted;
      this.#serving.use(booted.tree);
      if (this.#isOverriddenAnew) this.#recompile();
    } catch (error) {
      this.#base = undefined;
      await this.#graphs
        .stop()
        .catch((failure: unknown) => this.#logger.error({ err: failure }, "a tear-down failed after a failed boot"));
      explainWhenUncaught(error);
      throw error;
    }
  }

  async #open(options: ListenOptions): Promise<Listening> {
    await this.boot();
    try {
      return await Listening.open(this, this.#serving, this.#logger, options);
    } catch (error) {
      explainWhenUncaught(error);
      throw error;
    }
  }

  async #close(): Promise<void> {
    const [opening, booting] = [this.#opening, this.#booting];
    this.#opening = this.#booting = this.#url = undefined; // what begins from now on waits for the end of this
    const errors: unknown[] = [];
    const keep = (error: unknown): void => void errors.push(error);
    const listening = await opening?.catch(() => undefined);
    await booting?.catch(() => {});
    await listening?.close().catch(keep);
    this.#base = undefined;
    await this.#graphs.stop().catch(keep);
    listening?.ignoreSignals();
    if (errors.length > 1) throw new AggregateError(errors, `${this.title} could not be closed in order`);
    if (errors.length === 1) throw errors[0];
  }

  /** After an override of an application that has booted: the same graph anew, with the values that the override does not reach. */
  #recompile(): void {
    this.#isOverriddenAnew = true;
    if (this.#base === undefined) return;
    const booted = compileApplication(this.#declared(), this.#base.graph);
    this.#serving.use(booted.tree, this.#graphs.start(booted.graph));
  }

  #declared(): Declared {
    return {
      controllers: this.#options.controllers ?? [],
      functionRoutes: this.#functionRoutes,
      guards: this.#options.dependencies ?? [],
      provided: givenClasses().set(App, constant(App.name, this)),
      bindings: this.#options.provide ?? [],
      overrides: this.#overrides.byKey(),
      exposeInput: this.#options.exposeInput ?? false,
      errors: this.#errors,
    };
  }

  #functionRoute(method: string): FunctionRoute {
    const add = (path: string, ...parts: unknown[]): void => {
      if (this.#booting !== undefined) {
        const written = `app.${method.toLowerCase()}(${JSON.stringify(path)})`;
        throw new Error(`${written} came after the application began to boot: declare routes before boot() or listen()`);
      }
      const record = readFunctionRoute(method, path, parts);
      this.#functionRoutes.push(defineFunctionRoute(method, path, record, new Place(add)));
    };
    return add as FunctionRoute;
  }
}
