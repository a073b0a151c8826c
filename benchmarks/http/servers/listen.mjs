import { once } from "node:events";

/** Opens a node server on any free port of this machine, and gives the port. */
export async function listenOn(server) {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return server.address().port;
}
