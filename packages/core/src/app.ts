import type { IncomingMessage, ServerResponse } from "node:http";
import { Place, type Class, type Provides } from "@madeleine/di";
import type { AppOptions } from "./app-options.ts";
import type { Declared } from "./boot.ts";
import { ErrorAnswers, type ErrorHandler } from "./errors/error-answers.ts";
import { Lifecycle } from "./lifecycle.ts";
import { neverThrowing, standardLogger } from "./logger.ts";
import { constant } from "./parameters/constant.ts";
import { givenClasses } from "./parameters/given.ts";
import { defineFunctionRoute } from "./routes/define-function-route.ts";
import { readFunctionRoute, type FunctionRoute } from "./routes/function-route.ts";
import type { RouteDefinition } from "./routes/route-definition.ts";
import type { ListenOptions } from "./server/listening.ts";
import { Serving } from "./serving.ts";

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
  readonly #functionRoutes: RouteDefinition[] = [];
  readonly #errors: ErrorAnswers;
  readonly #serving: Serving;
  readonly #life: Lifecycle;

  constructor(options: AppOptions = {}) {
    const { title = "Madeleine application", maxBodyBytes, trustProxy } = options;
    const logger = neverThrowing(options.logger ?? standardLogger);
    this.title = title;
    this.#options = options;
    this.#errors = new ErrorAnswers(logger);
    this.#serving = new Serving({ maxBodyBytes, trustProxy, errors: this.#errors, logger });
    this.#life = new Lifecycle({ title, logger, serving: this.#serving, declared: () => this.#declared() });
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
    return this.#life.override(replaced, by);
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

  /** The listener of a `node:http` server that somebody else made; call `boot` first. */
  get callback(): (raw: IncomingMessage, rawResponse: ServerResponse) => void {
    return this.#serving.callback;
  }

  #declared(): Omit<Declared, "overrides"> {
    return {
      controllers: this.#options.controllers ?? [],
      functionRoutes: this.#functionRoutes,
      guards: this.#options.dependencies ?? [],
      provided: givenClasses().set(App, constant(App.name, this)),
      bindings: this.#options.provide ?? [],
      exposeInput: this.#options.exposeInput ?? false,
      errors: this.#errors,
    };
  }

  #functionRoute(method: string): FunctionRoute {
    const add = (path: string, ...parts: unknown[]): void => {
      if (this.#life.hasBegun) {
        const written = `app.${method.toLowerCase()}(${JSON.stringify(path)})`;
        throw new Error(`${written} came after the application began to boot: declare routes before boot() or listen()`);
      }
      const record = readFunctionRoute(method, path, parts);
      this.#functionRoutes.push(defineFunctionRoute(method, path, record, new Place(add)));
    };
    return add as FunctionRoute;
  }
}
