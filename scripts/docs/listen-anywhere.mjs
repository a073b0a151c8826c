import { Server } from "node:net";

/**
 * While `run` runs, whatever listens does so on a free port of the loopback interface, and what is printed is dropped. `run` is
 * given the servers; they are closed after it.
 */
export async function listenAnywhere(run) {
  const { listen } = Server.prototype;
  const printed = [process.stdout, process.stderr].map((stream) => ({ stream, write: stream.write }));
  const servers = [];
  Server.prototype.listen = function listenElsewhere(...parameters) {
    servers.push(this);
    const callback = parameters.findLast((parameter) => typeof parameter === "function");
    return listen.call(this, { port: 0, host: "127.0.0.1" }, callback);
  };
  for (const { stream } of printed) stream.write = () => true;
  try {
    return await run(servers);
  } finally {
    for (const { stream, write } of printed) stream.write = write;
    Server.prototype.listen = listen;
    servers.forEach(close);
  }
}

function close(server) {
  if (server.listening) server.close().closeAllConnections();
  else server.once("listening", () => server.close());
}
