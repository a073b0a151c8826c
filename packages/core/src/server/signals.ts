import { describeThrown } from "../errors/describe-thrown.ts";

/** What a signal ends. */
export interface Closable {
  close(): Promise<void>;
}

const open = new Set<Closable>();
const signals = ["SIGTERM", "SIGINT"] as const;
let isClosing = false;

/**
 * Closes an application on SIGTERM and SIGINT, then ends the process: with 0 when all went well. A second signal ends it at
 * once, with 1. One pair of listeners serves all applications of a process. Gives the function that takes it back.
 */
export function closeOnSignal(app: Closable): () => void {
  if (open.size === 0) for (const signal of signals) process.on(signal, closeAll);
  open.add(app);
  return () => {
    open.delete(app);
    if (open.size === 0 && !isClosing) for (const signal of signals) process.off(signal, closeAll);
  };
}

function closeAll(): void {
  if (isClosing) process.exit(1);
  isClosing = true;
  void Promise.allSettled([...open].map((app) => app.close())).then((results) => {
    const failed = results.filter((result) => result.status === "rejected");
    for (const { reason } of failed) process.stderr.write(`closing failed: ${describeThrown(reason)}\n`);
    process.exit(failed.length === 0 ? 0 : 1);
  });
}
