import { App, type AppOptions, type Logger } from "@madeleine/core";

/** A logger that keeps what it is told. */
export class Log implements Logger {
  readonly messages: string[] = [];
  readonly details: Record<string, unknown>[] = [];

  error(details: object, message: string): void {
    this.details.push({ ...details });
    this.messages.push(`error: ${message}`);
  }

  warn(details: object, message: string): void {
    this.details.push({ ...details });
    this.messages.push(`warn: ${message}`);
  }

  info(details: object, message: string): void {
    this.details.push({ ...details });
    this.messages.push(`info: ${message}`);
  }
}

/** For applications that sign and encrypt. */
export const secret = "kD3vQ8yR1mZ6tW9xB4nC7pL2sF5hJ0aG";

/** An application that logs into a list. */
export function createApp(options: AppOptions = {}): { app: App; log: Log } {
  const log = new Log();
  return { app: new App({ logger: log, ...options }), log };
}

/** A test's way to set the clock of this process; undone by `using`. */
export function setClock(offsetMs: number): Disposable & { shift(ms: number): void } {
  const original = Date.now;
  let shifted = offsetMs;
  Date.now = () => original() + shifted;
  return {
    shift: (ms) => void (shifted += ms),
    [Symbol.dispose]: () => void (Date.now = original),
  };
}

/** Kept when something holds; where it never does, the runner's limit of time ends the wait. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** A promise and what settles it. */
export function deferred<T = void>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve!: (value: T) => void;
  const promise = new Promise<T>((settle) => (resolve = settle));
  return { promise, resolve };
}
