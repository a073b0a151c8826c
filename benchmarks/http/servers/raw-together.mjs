/** `raw` with one trick more: the answers of a turn of the event loop are written when all that arrived was handled, as Madeleine does it. */
import { createServer, ServerResponse } from "node:http";
import { listenOn } from "./listen.mjs";
import { callback } from "./raw.mjs";

export function listen(workload) {
  return listenOn(createServer({ optimizeEmptyRequests: true, ServerResponse: LaterResponse }, callback(workload)));
}

let waiting = [];

class LaterResponse extends ServerResponse {
  #text;

  end(text) {
    this.#text = text;
    if (waiting.push(this) === 1) setImmediate(endAll);
  }

  endNow() {
    super.end(this.#text);
  }
}

function endAll() {
  const responses = waiting;
  waiting = [];
  for (const response of responses) response.endNow();
}
