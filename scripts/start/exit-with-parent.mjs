/**
 * Preloaded into an example that `start.mjs` runs: where that process is killed outright and cannot pass a signal on, the
 * example, which is in a process group of its own, must not stay behind and keep the port.
 */
process.once("disconnect", () => process.exit(1));
process.channel?.unref(); // the listener would keep the example alive after its server has closed
