import { AsyncResource } from "node:async_hooks";

/**
 * What comes later, told in the turn in which it comes: a promise without microtasks, for the framework's own way. Developers are given promises.
 *
 * Errors: a failure that nobody has asked for is told as that of a promise is, by `unhandledRejection`.
 */
export class Later<Value> implements PromiseLike<Value> {
  #state: "pending" | "came" | "failed" = "pending";
  /** The value, or the error. */
  #outcome: unknown;
  #asker: Asker | undefined;
  #others: Asker[] | undefined;
  #unheard: Promise<never> | undefined;

  static of<Value>(value: Value): Later<Value> {
    const later = new Later<Value>();
    later.resolve(value);
    return later;
  }

  static failed<Value>(error: unknown): Later<Value> {
    const later = new Later<Value>();
    later.reject(error);
    return later;
  }

  /** Settles this, and calls who asked; only the first call of this or `reject` counts. */
  resolve(value: Value): void {
    this.#settle("came", value);
  }

  reject(reason: unknown): void {
    if (this.#state === "pending" && this.#asker === undefined) this.#unheard = Promise.reject(reason as Error);
    this.#settle("failed", reason);
  }

  /** Calls one of them when it is known which, in the AsyncLocalStorage context of wherever that is. They may not throw. */
  tell(onValue: (value: Value) => void, onError: (error: unknown) => void): void {
    this.#ask({ onValue: onValue as Listener, onError, next: undefined, context: undefined });
  }

  /** As a promise does it: in the AsyncLocalStorage context of who asks, and a promise that is given back is waited for. */
  // oxlint-disable-next-line unicorn/no-thenable -- to be waited for is what it is for
  then<Next = Value, Mended = never>(
    onValue?: ((value: Value) => Next | PromiseLike<Next>) | null,
    onError?: ((error: unknown) => Mended | PromiseLike<Mended>) | null,
  ): Later<Next | Mended> {
    const next = new Later<Next | Mended>();
    const context = new AsyncResource("MadeleineLater");
    this.#ask({ onValue: (onValue ?? pass) as Listener, onError: onError ?? fail, next, context });
    return next;
  }

  #ask(asker: Asker): void {
    this.#unheard?.catch(() => {});
    if (this.#state !== "pending") this.#answer(asker);
    else if (this.#asker === undefined) this.#asker = asker;
    else (this.#others ??= []).push(asker);
  }

  #settle(state: "came" | "failed", outcome: unknown): void {
    if (this.#state !== "pending") return;
    this.#state = state;
    this.#outcome = outcome;
    if (this.#asker !== undefined) this.#answer(this.#asker);
    if (this.#others !== undefined) for (const asker of this.#others) this.#answer(asker);
    this.#asker = this.#others = undefined; // what they hold may be large
  }

  #answer({ onValue, onError, next, context }: Asker): void {
    const listener = this.#state === "came" ? onValue : onError;
    if (next === undefined) listener(this.#outcome);
    else context!.runInAsyncScope(next.#become, next, listener, this.#outcome);
  }

  /** Comes to what a listener gives back. */
  #become(listener: Listener, outcome: unknown): void {
    let given: unknown;
    try {
      given = listener(outcome);
    } catch (error) {
      return this.reject(error);
    }
    // Outside of it: what a listener throws that is told by this is not an outcome of this.
    if (typeof (given as PromiseLike<Value> | undefined)?.then !== "function") return this.resolve(given as Value);
    (given as PromiseLike<Value>).then(
      (value) => this.resolve(value),
      (error: unknown) => this.reject(error),
    );
  }
}

type Listener = (outcome: unknown) => unknown;

/** Who has asked, and what waits for its answer in turn. */
interface Asker {
  readonly onValue: Listener;
  readonly onError: Listener;
  readonly next: Later<unknown> | undefined;
  readonly context: AsyncResource | undefined;
}

function pass(value: unknown): unknown {
  return value;
}

function fail(error: unknown): never {
  throw error;
}
