import { givenOverrides, Graph, OpenScope, type GivenValue, type Need, type Place, type Problem } from "@madeleine/di";
import { compileApplication, type Booted, type Declared } from "./boot.ts";
import type { Logger } from "./logger.ts";
import { BootError } from "./errors/boot-error.ts";
import { hiddenRoutes } from "./mounts/hidden-routes.ts";
import { isMountedInItself, type Mountable } from "./mounts/mountable.ts";
import { Overrides } from "./overrides.ts";
import { warnOfUnserved } from "./routes/unserved.ts";
import { Listening, waitUntilIdle, type ListenOptions } from "./server/listening.ts";
import { explainWhenUncaught } from "./server/uncaught.ts";
import type { Serving } from "./serving.ts";
import { StartedGraphs } from "./started-graphs.ts";

/** What is alive: an application, as its life sees it. */
interface Living {
  readonly title: string;
  readonly serving: Serving;
  readonly logger: Logger;
  /** As another application sees it, and with the applications that are mounted in it. */
  readonly self: Mountable;
  /** What the application was told so far. */
  declared(): Omit<Declared, "overrides">;
  /** What starts when all that lives as long as the application is made, and ends first. */
  lifespan(): Graph | undefined;
}

// Where somebody else's server listens, and has no time of grace of its own.
const graceMs = 30_000;

/**
 * The life of an application: it boots, listens, closes, and may boot again; overrides change it on the way.
 *
 * Each step may be asked for at any time: twice, while another is under way, from a request handler. What is under way is
 * shared, what contradicts it waits for its end, and what failed leaves nothing behind.
 */
export class Lifecycle {
  readonly title: string;
  readonly #living: Living;
  readonly #overrides = new Overrides();
  readonly #graphs = new StartedGraphs();
  #base: Booted | undefined;
  /** With all that was made so far: by the boot, since an override, for a scope. */
  #latest: { graph: Graph; starting: Promise<void> } | undefined;
  #making: Promise<unknown> = Promise.resolve();
  /** Whether an override was set or taken back while the application booted, too late for its graph. */
  #isOverriddenAnew = false;
  #booting: Promise<void> | undefined;
  #opening: Promise<Listening> | undefined;
  #closing: Promise<void> | undefined;
  #url: string | undefined;

  constructor(living: Living) {
    this.title = living.title;
    this.#living = living;
  }

  /** Whether it is too late to declare anything. */
  get hasBegun(): boolean {
    return this.#booting !== undefined;
  }

  /** Undefined before it has booted. */
  get booted(): Booted | undefined {
    return this.#base;
  }

  get url(): string | undefined {
    return this.#url;
  }

  override(replaced: unknown, by: unknown, place: Place): Disposable {
    const takeBack = this.#overrides.add(replaced, by, place, (key) => new Graph(this.#living.declared()).needsRequest(key));
    try {
      this.#recompile();
    } catch (error) {
      takeBack(); // the application goes on as it was
      throw error;
    }
    this.#warnOfUnusedOverrides();
    return {
      [Symbol.dispose]: () => {
        takeBack();
        this.#recompile();
      },
    };
  }

  /** A run outside of any request; boots where nobody has. */
  async scope(all: readonly GivenValue[], beforeEnd: () => Promise<void>): Promise<OpenScope> {
    if (this.#base === undefined) await this.boot();
    const { teardownTimeoutMs } = this.#living.declared();
    return new OpenScope({ given: all, graphFor: (need) => this.#graphFor(need, all), beforeEnd, teardownTimeoutMs });
  }

  /** What has booted; where nothing has, what would. Errors: BootError. */
  compiled(): Booted {
    return this.#base ?? this.#compile();
  }

  boot(): Promise<void> {
    if (this.#booting !== undefined) return this.#booting;
    const booting = this.#boot();
    this.#booting = booting;
    booting.catch(() => this.#booting === booting && (this.#booting = undefined));
    return booting;
  }

  async listen(options: ListenOptions): Promise<void> {
    if (this.#opening !== undefined) {
      throw new Error(`${this.title} is listening already${this.#url === undefined ? "" : `, on ${this.#url}`}`);
    }
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

  close(): Promise<void> {
    const hasBegunAnew = this.#booting !== undefined || this.#opening !== undefined; // since a close that is under way: it waits for its end
    if (this.#closing !== undefined && !hasBegunAnew) return this.#closing;
    const closing = this.#close().finally(() => this.#closing === closing && (this.#closing = undefined));
    return (this.#closing = closing);
  }

  async #boot(): Promise<void> {
    await this.#closing?.catch(() => {}); // heard by who closed it
    try {
      this.#isOverriddenAnew = false;
      const booted = await this.#compileAll();
      await this.#graphs.start(booted.graph);
      this.#base = booted;
      for (const { code, what, where, mend } of [...booted.warnings, ...hiddenRoutes(booted)])
        this.#living.logger.warn({ code, mend, ...(where === undefined ? {} : { where }) }, what);
      this.#latest = { graph: booted.graph, starting: Promise.resolve() };
      const lifespan = this.#living.lifespan();
      if (lifespan !== undefined) await this.#graphs.start(lifespan);
      this.#living.serving.use(booted);
      if (this.#isOverriddenAnew) this.#recompile();
      this.#warnOfUnusedOverrides();
    } catch (error) {
      await this.#forget();
      explainWhenUncaught(error);
      throw error;
    }
  }

  /** After a boot that failed: what it had made until then is torn down, and its error is the one to tell. */
  async #forget(): Promise<void> {
    this.#base = this.#latest = undefined;
    const { logger, self } = this.#living;
    const others = self.mounted().filter((mounted) => mounted !== self); // its own close would wait for this boot
    await Promise.allSettled(others.map((mounted) => mounted.close())); // said by the boot that failed
    await this.#graphs.stop().catch((error: unknown) => logger.error({ err: error }, "a tear-down failed after a failed boot"));
  }

  async #open(options: ListenOptions): Promise<Listening> {
    await this.boot();
    if (options.quiet !== true) warnOfUnserved(this.#living.logger);
    try {
      return await Listening.open(this, this.#living.serving, this.#living.logger, options);
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
    await (listening?.close() ?? waitUntilIdle(this.#living.serving, graceMs, graceMs)).catch(keep);
    if (booting !== undefined) await Promise.all(this.#living.self.mounted().map((mounted) => mounted.close().catch(keep)));
    this.#base = this.#latest = undefined;
    await this.#graphs.stop().catch(keep);
    listening?.leaveProcess();
    if (errors.length > 1) throw new AggregateError(errors, `${this.title} could not be closed in order`);
    if (errors.length === 1) throw errors[0];
  }

  #warnOfUnusedOverrides(): void {
    for (const { code, what, where, mend } of this.#overrides.warnings(this.title, this.#base?.unusedOverrides ?? []))
      this.#living.logger.warn({ code, mend, where }, what);
  }

  /** After an override of an application that has booted: the same graph anew, with the values that the override does not reach. */
  #recompile(): void {
    this.#isOverriddenAnew = true;
    if (this.#base === undefined) return;
    const booted = this.#compile(this.#latest?.graph);
    const starting = this.#graphs.start(booted.graph);
    this.#base = booted;
    this.#latest = { graph: booted.graph, starting };
    this.#living.serving.use(booted, starting);
  }

  /** A graph that plans this need, with what it needs of the application made. One after the other: two would make it twice. */
  #graphFor(need: Need, all: readonly GivenValue[]): Promise<Graph> {
    const making = this.#making.then(() => this.#makeGraph(need, all));
    this.#making = making.catch(() => {});
    return making;
  }

  async #makeGraph(need: Need, all: readonly GivenValue[]): Promise<Graph> {
    const latest = this.#latest;
    if (latest === undefined) throw new Error(`${this.title} was closed: nothing can be resolved any more`);
    await latest.starting.catch(() => {}); // heard by who started it
    const overrides = new Map([...this.#overrides.byKey(), ...givenOverrides(all)]);
    const graph = new Graph({ ...this.#living.declared(), overrides }, latest.graph);
    graph.plan([[{ need, where: "app.scope()" }]]);
    if (graph.problems.length > 0) throw new BootError(graph.problems);
    if (graph.makes) {
      await this.#graphs.start(graph);
      if (this.#latest === latest) this.#latest = { graph, starting: Promise.resolve() };
    } else await graph.start();
    return graph;
  }

  /** Compiles this application, and boots what is mounted in it, first: the mistakes of all are one report. */
  async #compileAll(): Promise<Booted> {
    const { self } = this.#living;
    const mounted = self.mounted();
    if (mounted.length === 0) return this.#compile();
    if (isMountedInItself(self)) throw new BootError([mountedInItself(this.title)]);
    const compiling = (async () => this.#compile())();
    const results = await Promise.allSettled([compiling, ...mounted.map((one) => one.boot())]);
    const errors = results.flatMap((result) => (result.status === "rejected" ? [result.reason as unknown] : []));
    const other = errors.find((error) => !(error instanceof BootError));
    if (other !== undefined) throw other;
    if (errors.length > 0) throw new BootError((errors as BootError[]).flatMap(({ problems }) => problems));
    return compiling;
  }

  #compile(adopted?: Graph): Booted {
    return compileApplication({ ...this.#living.declared(), overrides: this.#overrides.byKey() }, adopted);
  }
}

function mountedInItself(title: string): Problem {
  return {
    code: "APP_IN_ITSELF",
    what: `${title} is mounted in itself, directly or through another application: a request would have no end.`,
    mend: "mount another application, or include a Router",
  };
}
