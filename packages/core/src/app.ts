import type { IncomingMessage, ServerResponse } from "node:http";
import {
  dependency,
  instanceOf,
  Place,
  declarationOf,
  toKey,
  type Class,
  type Graph,
  type Key,
  type Need,
  type Provides,
} from "@madeleine/di";
import { compileApplication, type Booted, type Declared } from "./boot.ts";
import type { AppOptions } from "./app-options.ts";
import { ErrorAnswers, type ErrorHandler } from "./errors/error-answers.ts";
import { standardLogger, type Logger } from "./logger.ts";
import { givenClasses } from "./parameters/given.ts";
import { constant } from "./parameters/constant.ts";
import { defineFunctionRoute } from "./routes/define-function-route.ts";
import { readFunctionRoute, type FunctionRoute } from "./routes/function-route.ts";
import type { RouteDefinition } from "./routes/route-definition.ts";
import { Serving } from "./serving.ts";
import { Listening, type ListenOptions } from "./server/listening.ts";
import { explainWhenUncaught } from "./server/uncaught.ts";

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
  readonly #overrides = new Map<Key, Need>();
  readonly #serving: Serving;
  #base: Booted | undefined;
  #graphs: Graph[] = [];
  #booting: Promise<void> | undefined;
  #listening: Listening | undefined;

  constructor(options: AppOptions = {}) {
    this.title = options.title ?? "Madeleine application";
    this.#options = options;
    this.#logger = options.logger ?? standardLogger;
    this.#errors = new ErrorAnswers(this.#logger);
    this.#serving = new Serving({
      maxBodyBytes: options.maxBodyBytes,
      trustProxy: options.trustProxy,
      errors: this.#errors,
      logger: this.#logger,
    });
  }

  /** Answers errors by status, or by class: the most specific class of an error counts. The answer is a response, or a value sent under the error's status. */
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
    const key = toKey(replaced as Need);
    if (key === undefined)
      throw new TypeError("app.override(dependency, replacement): only a dependency or a class can be replaced");
    const previous = this.#overrides.get(key);
    this.#overrides.set(key, toNeed(by));
    this.#recompile();
    return {
      [Symbol.dispose]: () => {
        if (previous === undefined) this.#overrides.delete(key);
        else this.#overrides.set(key, previous);
        this.#recompile();
      },
    };
  }

  /** Checks and compiles everything, and makes what lives as long as the application. `listen` does it, too. Errors: BootError. */
  boot(): Promise<void> {
    this.#booting ??= this.#boot();
    return this.#booting;
  }

  /**
   * Opens the port, after `boot`.
   *
   * Errors: BootError; ListenError for a port in use, a missing permission, an unknown host. Uncaught, both are printed
   *         without a stack and the process ends with code 1.
   */
  async listen(options: ListenOptions = {}): Promise<void> {
    if (this.#listening !== undefined) throw new Error(`${this.title} is listening already, on ${this.#listening.url}`);
    try {
      await this.boot();
      this.#listening = await Listening.open(this, this.#serving, options);
    } catch (error) {
      explainWhenUncaught(error);
      throw error;
    }
  }

  /** The address while it is listening: `"http://127.0.0.1:8000"`. */
  get url(): string | undefined {
    return this.#listening?.url;
  }

  /** Stops listening, answers what is under way, then tears down what lives as long as the application. */
  async close(): Promise<void> {
    const listening = this.#listening;
    this.#listening = undefined;
    await listening?.close(this.#logger);
    const graphs = this.#graphs.toReversed();
    this.#graphs = [];
    this.#booting = this.#base = undefined;
    for (const graph of graphs) await graph.stop();
  }

  /** The listener of a `node:http` server that somebody else made; call `boot` first. */
  get callback(): (raw: IncomingMessage, rawResponse: ServerResponse) => void {
    return this.#serving.callback;
  }

  async #boot(): Promise<void> {
    try {
      const booted = compileApplication(this.#declared());
      this.#graphs.push(booted.graph);
      await booted.graph.start();
      this.#base = booted;
      this.#serving.use(booted.tree);
    } catch (error) {
      this.#booting = undefined;
      throw error;
    }
  }

  /** After an override of an application that has booted: the same graph anew, with the values that the override does not reach. */
  #recompile(): void {
    if (this.#base === undefined) return;
    const booted = compileApplication(this.#declared(), this.#base.graph);
    this.#graphs.push(booted.graph);
    this.#serving.use(booted.tree, booted.graph.start());
  }

  #declared(): Declared {
    return {
      controllers: this.#options.controllers ?? [],
      functionRoutes: this.#functionRoutes,
      guards: this.#options.dependencies ?? [],
      provided: givenClasses().set(App, constant(App.name, this)),
      bindings: this.#options.provide ?? [],
      overrides: this.#overrides,
      exposeInput: this.#options.exposeInput ?? false,
      errors: this.#errors,
    };
  }

  #functionRoute(method: string): FunctionRoute {
    const add = (path: string, ...parts: unknown[]): void => {
      if (this.#base !== undefined)
        throw new Error(
          `app.${method.toLowerCase()}(${JSON.stringify(path)}) after the application has booted: declare routes before`,
        );
      const record = readFunctionRoute(method, path, parts);
      this.#functionRoutes.push(defineFunctionRoute(method, path, record, new Place(add)));
    };
    return add as FunctionRoute;
  }
}

function toNeed(by: unknown): Need {
  if (declarationOf(by) !== undefined) return by as Need;
  if (typeof by !== "function")
    throw new TypeError("app.override(dependency, replacement): the replacement is a function, a dependency or a class");
  if (/^class\b/.test(Function.prototype.toString.call(by))) return instanceOf(by as unknown as Class);
  return dependency({}, by as () => unknown, { name: "an override" });
}
