import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";

/** What stands between the client and Redis does with it. */
export type Fault = "none" | "hang" | "refuse" | { readonly answer: string } | { readonly delayMs: number };

/** A way to Redis that can break, so that the machine's own Redis need not. */
export class RedisProxy implements AsyncDisposable {
  fault: Fault = "none";
  /** How many connections were made. */
  connections = 0;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(server: Server) {
    this.#server = server;
  }

  static async open(): Promise<RedisProxy> {
    const server = createServer();
    const proxy = new RedisProxy(server);
    server.on("connection", (client) => proxy.#connect(client));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return proxy;
  }

  get url(): string {
    return `redis://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Cuts every connection, as a server that is restarted does. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #connect(client: Socket): void {
    this.connections += 1;
    if (this.fault === "refuse") return void client.destroy();
    const redis = connect(6379, "127.0.0.1");
    for (const socket of [client, redis]) {
      this.#sockets.add(socket);
      socket
        .on("error", () => {})
        .on("close", () => {
          this.#sockets.delete(socket);
          client.destroy();
          redis.destroy();
        });
    }
    client.on("data", (chunk) => this.#fromClient(chunk, client, redis));
    redis.on("data", (chunk) => this.#fromRedis(chunk, client));
  }

  #fromClient(chunk: Buffer, client: Socket, redis: Socket): void {
    const { fault } = this;
    if (fault === "hang") return;
    if (typeof fault === "object" && "answer" in fault) {
      // one answer for each command: a command begins with the number of its words
      const commands = chunk.toString("latin1").match(/(?:^|\r\n)\*\d+\r\n/g)?.length ?? 0;
      return void client.write(`-${fault.answer}\r\n`.repeat(commands));
    }
    redis.write(chunk);
  }

  #fromRedis(chunk: Buffer, client: Socket): void {
    const { fault } = this;
    if (typeof fault === "object" && "delayMs" in fault)
      setTimeout(() => client.writable && client.write(chunk), fault.delayMs).unref();
    else if (fault !== "hang") client.write(chunk);
  }
}
