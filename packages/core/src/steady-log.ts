import type { Logger } from "./logger.ts";

/** Writes one line a second at most, however often something happens: neither a client nor a dead server fills the log (OP-04). */
export class SteadyLog {
  readonly #logger: Logger;
  #loggedAt = -Infinity;
  #unlogged = 0;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  error(details: object, message: string): void {
    this.#write("error", details, message);
  }

  warn(details: object, message: string): void {
    this.#write("warn", details, message);
  }

  #write(level: "error" | "warn", details: object, message: string): void {
    const now = performance.now();
    if (now - this.#loggedAt < 1000) return void this.#unlogged++;
    const more = this.#unlogged === 0 ? "" : ` (and ${this.#unlogged} more times since the last line)`;
    this.#logger[level](details, message + more);
    this.#loggedAt = now;
    this.#unlogged = 0;
  }
}
