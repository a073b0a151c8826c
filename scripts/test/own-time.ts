const TICK_MS = 10;

/**
 * A clock that stands still while the machine does something else: of the time since it was made it counts what this process
 * computed, and what it waited. So a bound on it says the same on a busy machine as on an idle one.
 *
 * A wait is counted in ticks, each for no more than it was asked for: that a tick comes late is the machine's doing.
 * A block is counted by the processor's time that it took. What other threads of this process compute counts too.
 */
export class OwnTime implements Disposable {
  #ms = 0;
  #wallMs = performance.now();
  #cpu = process.cpuUsage();
  #loop = performance.eventLoopUtilization();
  readonly #ticking = setInterval(() => this.#count(), TICK_MS).unref();

  /** The milliseconds so far. */
  get ms(): number {
    this.#count();
    return this.#ms;
  }

  #count(): void {
    const [wallMs, cpu, loop] = [performance.now(), process.cpuUsage(), performance.eventLoopUtilization()];
    const computedMs = (cpu.user - this.#cpu.user + cpu.system - this.#cpu.system) / 1000;
    const waitedMs = Math.min(loop.idle - this.#loop.idle, TICK_MS);
    this.#ms += Math.min(computedMs + waitedMs, wallMs - this.#wallMs);
    [this.#wallMs, this.#cpu, this.#loop] = [wallMs, cpu, loop];
  }

  [Symbol.dispose](): void {
    clearInterval(this.#ticking);
  }
}
