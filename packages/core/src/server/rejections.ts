import type { Logger } from "../logger.ts";

const loggers: Logger[] = [];

/**
 * Has promises logged that were rejected and that nobody awaited, as one that a handler started and left: they would end the
 * process, and every other request with it (ST-05). What is thrown outside of any promise still ends it, as nobody can tell what
 * it left half done.
 *
 * One listener serves all applications of a process, and a program that listens itself decides itself. Gives the function that
 * takes it back.
 */
export function logRejections(logger: Logger): () => void {
  if (loggers.length === 0) process.on("unhandledRejection", log);
  loggers.push(logger);
  return () => {
    loggers.splice(loggers.indexOf(logger), 1);
    if (loggers.length === 0) process.off("unhandledRejection", log);
  };
}

function log(error: unknown): void {
  if (process.listenerCount("unhandledRejection") > 1) return;
  loggers.at(-1)!.error({ err: error }, "a promise was rejected that nobody awaited");
}
