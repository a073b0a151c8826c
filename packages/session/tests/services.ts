import { connect } from "node:net";

/** Whether something listens on this port of 127.0.0.1. */
export function canConnect(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.setTimeout(10_000, () => socket.destroy());
    socket.once("connect", () => socket.end());
    socket.once("connect", () => resolve(true)).once("close", () => resolve(false));
    socket.once("error", () => resolve(false));
  });
}
