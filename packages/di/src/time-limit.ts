/**
 * Calls a function when the time is over, unless it is lifted before.
 *
 * Cost: what is lifted in the turn of the event loop in which it began, as most is, never sets a timer, which would cost half a
 *       microsecond. So the time counts from the end of that turn.
 */
export class TimeLimit {
  /** Those that began in this turn. */
  static readonly #fresh: TimeLimit[] = [];
  static #isArming = false;

  readonly #ms: number;
  readonly #onOver: () => void;
  #timer: NodeJS.Timeout | undefined = undefined;
  #place: number;

  constructor(ms: number, onOver: () => void) {
    this.#ms = ms;
    this.#onOver = onOver;
    this.#place = TimeLimit.#fresh.push(this) - 1;
    if (TimeLimit.#isArming) return;
    TimeLimit.#isArming = true;
    setImmediate(() => TimeLimit.#armAll());
  }

  lift(): void {
    if (this.#timer !== undefined) return clearTimeout(this.#timer);
    const last = TimeLimit.#fresh.pop()!;
    if (last === this) return;
    TimeLimit.#fresh[this.#place] = last;
    last.#place = this.#place;
  }

  static #armAll(): void {
    this.#isArming = false;
    for (const limit of this.#fresh.splice(0)) limit.#timer = setTimeout(limit.#onOver, limit.#ms);
  }
}
