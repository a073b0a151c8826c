/**
 * Preloaded into every test file's process: tells the runner that it has started, what ended it, and, when asked, what keeps it alive.
 */
process.send?.("started");
process.on("uncaughtExceptionMonitor", (error, origin) => {
  const cause = origin === "unhandledRejection" ? "unhandled rejection" : "uncaught exception";
  process.send?.({ crash: `${cause}: ${describeError(error)}` });
});

process.on("message", (question) => {
  if (question === "what is open?") process.send?.({ open: listOpen() });
});
process.once("disconnect", () => process.exit(1)); // the runner was killed: leave nothing behind
process.channel?.unref(); // these listeners would keep every test process alive

function describeError(error) {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

/** Servers by their address, everything else by kind: `["server on 127.0.0.1:8000", "2 × Timeout"]`. */
function listOpen() {
  const servers = (process._getActiveHandles?.() ?? []).flatMap((handle) => toServerName(handle) ?? []);
  const counts = new Map();
  for (const kind of process.getActiveResourcesInfo()) {
    if (!ownResources.has(kind)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return [...servers, ...[...counts].map(([kind, count]) => (count === 1 ? kind : `${count} × ${kind}`))];
}

// Standard streams, the channel to the runner and signal listeners; servers are named by their address.
const ownResources = new Set(["PipeWrap", "TTYWrap", "SignalWrap", "TCPServerWrap", "CloseReq", "FSReqCallback"]);

function toServerName(handle) {
  const address = typeof handle.address === "function" && handle.listening ? handle.address() : undefined;
  if (!address) return undefined;
  return typeof address === "string" ? `server on ${address}` : `server on ${address.address}:${address.port}`;
}
