/** Runs what was added, in order. Errors: what a task threw; those after it are left out. */
export let runTasks: (tasks: BackgroundTasks) => Promise<void>; // not methods: users have nothing to run

/** Forgets what was added until now. */
export let dropTasks: (tasks: BackgroundTasks) => void;

/**
 * What is done after the response was sent: mails, statistics, cleaning up. One object for each request, for all its
 * dependencies and its handler.
 *
 * Order:  one task after the other, as they were added; values with `until: "response"` are torn down after the last one. A task
 *         that fails is logged with the route's name, and those after it are left out.
 *         They run also when the request was answered by a thrown response or HTTPException; not after a bug, whose client heard
 *         that nothing was done.
 */
export class BackgroundTasks {
  static {
    runTasks = (tasks) => tasks.#run();
    dropTasks = (tasks) => void tasks.#tasks.splice(0);
  }

  readonly #tasks: (() => unknown)[] = [];
  #isOver = false;

  /**
   * Adds a function and what it is called with. A task may add others.
   *
   * Errors: one when all tasks of the request have run.
   */
  add<Parameters extends readonly unknown[]>(task: (...parameters: Parameters) => unknown, ...parameters: Parameters): void {
    if (typeof task !== "function") throw new TypeError("tasks.add(fn, ...parameters): what is added is a function");
    if (this.#isOver) {
      throw new Error(
        "tasks.add(…) came too late: the tasks of this request have run. mend: await what adds it, before the handler returns",
      );
    }
    this.#tasks.push(() => task(...parameters));
  }

  async #run(): Promise<void> {
    try {
      for (let task = this.#tasks.shift(); task !== undefined; task = this.#tasks.shift()) await task();
    } finally {
      this.#isOver = true;
    }
  }
}
