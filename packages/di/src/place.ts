/**
 * Where in the source a thing was declared. Taken at load, formatted only when an error or a picture shows it: taking a
 * stack costs a microsecond or two, formatting one (with source maps) a hundred times as much.
 */
export class Place {
  readonly #stack: { stack?: string } = {};

  /** `below` is the function of this framework that user code called: frames above it are left out. */
  constructor(below: (...parameters: never[]) => unknown) {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 4;
    Error.captureStackTrace(this.#stack, below);
    Error.stackTraceLimit = limit;
  }

  /** Shape: `"src/users.ts:12:3"`, relative to the working directory; undefined where the runtime does not tell. */
  toString(): string | undefined {
    const stack: unknown = this.#stack.stack;
    if (typeof stack !== "string") return undefined; // somebody's Error.prepareStackTrace
    for (const frame of stack.split("\n").slice(1)) {
      const location = /\(?((?:file:\/\/|\/|[A-Za-z]:\\)[^()]*?:\d+:\d+)\)?$/.exec(frame)?.[1];
      // The helpers that compilers emit for decorators are frames too, and say nothing to a reader.
      if (location === undefined || /__decorate|tslib|_decorate|@oxc-project/.test(frame)) continue;
      return relative(location);
    }
    return undefined;
  }
}

function relative(location: string): string {
  const path = location.startsWith("file://") ? decodeURI(location.slice("file://".length)) : location;
  const here = `${process.cwd()}/`;
  return path.startsWith(here) ? path.slice(here.length) : path;
}
