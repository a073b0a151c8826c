import type { ServerResponse } from "node:http";
import type { Duplex } from "node:stream";

/** The responses of a connection that wait behind another one. */
const queues = new WeakMap<Duplex, Set<ServerResponse>>();

/**
 * Has a response that waits behind another one hear of the end of their connection. Node tells only the one that has the socket; any other would
 * never emit "close" nor be destroyed, and whoever waits for that would wait for ever. May be called several times.
 */
export function hearOfClose(nodeResponse: ServerResponse): void {
  if (nodeResponse.socket !== null || nodeResponse.writableFinished || nodeResponse.destroyed) return;
  const { socket } = nodeResponse.req;
  if (socket.closed) close(nodeResponse);
  else join(queueOf(socket), nodeResponse);
}

/** One for each connection, so that a thousand responses are not a thousand listeners. */
function queueOf(socket: Duplex): Set<ServerResponse> {
  const known = queues.get(socket);
  if (known !== undefined) return known;
  const queue = new Set<ServerResponse>();
  queues.set(socket, queue);
  socket.once("close", () => queue.forEach(close));
  return queue;
}

function join(queue: Set<ServerResponse>, nodeResponse: ServerResponse): void {
  if (queue.has(nodeResponse)) return;
  queue.add(nodeResponse);
  nodeResponse.once("finish", () => queue.delete(nodeResponse));
}

function close(nodeResponse: ServerResponse): void {
  if (nodeResponse.socket !== null || nodeResponse.writableFinished) return; // its turn had come, and node has told it
  nodeResponse.destroy();
  nodeResponse.emit("close");
}
