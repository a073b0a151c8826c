import type { Logger } from "../logger.ts";
import { logRejections } from "./rejections.ts";
import { closeOnSignal, type Closable } from "./signals.ts";

/** The process is this application's: its signals, and the rejections that nobody awaits. Gives the function that leaves it to others again. */
export function takeProcess(app: Closable, logger: Logger): () => void {
  const ignoreSignals = closeOnSignal(app);
  const ignoreRejections = logRejections(logger);
  return () => {
    ignoreSignals();
    ignoreRejections();
  };
}
