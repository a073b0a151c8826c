import { connect, type Socket } from "node:net";

/** When an exchange of raw bytes is over. */
export interface RawOptions {
  /**
   * Silence after which the answer counts as complete while the server keeps the connection open. Time in which this process stood
   * still, as on a busy machine, is none. Default: 200.
   */
  readonly idleMs?: number;
  /** Time for the first byte. Default: 5000. */
  readonly timeoutMs?: number;
}

/**
 * Writes bytes to a socket and gives what comes back until the server closes or falls silent.
 *
 * Shape:  text in and out is latin-1: one character for each byte. A server that closes without a word gives `""`.
 * Errors: no connection; no byte and no end within `timeoutMs`.
 */
export function fetchRaw(address: URL, bytes: string | Uint8Array, options: RawOptions = {}): Promise<string> {
  const { idleMs = 200, timeoutMs = 5000 } = options;
  return new Promise((resolve, reject) => {
    const socket = connect({ host: address.hostname.replaceAll(/[[\]]/g, ""), port: Number(address.port || 80) });
    let received = "";
    let isConnected = false;
    let silence: NodeJS.Timeout | undefined;
    socket.setEncoding("latin1").setTimeout(timeoutMs);
    // The writing side stays open: node:http drops a request that it is still answering when its client half-closes.
    socket.once("connect", () => {
      isConnected = true;
      socket.write(typeof bytes === "string" ? Buffer.from(bytes, "latin1") : bytes);
    });
    socket.on("data", (chunk) => {
      received += String(chunk);
      silence ??= endWithSilence(socket.setTimeout(0), idleMs);
    });
    socket.once("timeout", () => {
      reject(new Error(`${address.host} sent nothing within ${timeoutMs} ms`));
      socket.destroy();
    });
    socket.once("error", (error) => {
      if (!isConnected) reject(error); // a reset after that is an answer too: what came before it
    });
    socket.once("close", () => {
      clearInterval(silence);
      resolve(received);
    });
  });
}

/** Silence is counted by ticks: one timer for all of it would go off before what had come meanwhile is read, where the process stood still. */
function endWithSilence(socket: Socket, idleMs: number): NodeJS.Timeout {
  const tickMs = Math.min(idleMs, 10);
  let [silentMs, moved] = [0, Number.NaN];
  return setInterval(() => {
    const before = moved;
    moved = socket.bytesRead - socket.writableLength;
    silentMs = moved === before ? silentMs + tickMs : 0;
    if (silentMs >= idleMs) socket.destroy();
  }, tickMs);
}
