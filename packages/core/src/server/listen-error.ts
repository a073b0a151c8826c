/** The port could not be opened. Its message is one line with the way out. */
export class ListenError extends Error {
  override readonly name = "ListenError";

  constructor(
    message: string,
    readonly code: string | undefined,
    cause: unknown,
  ) {
    super(message, { cause });
  }
}

/** The error of `server.listen` in the words of who has to mend it; other errors as they are. */
export function toListenError(error: unknown, port: number, host: string | undefined): unknown {
  if (error instanceof ListenError) return error;
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  const explain = code === undefined ? undefined : explanations[code];
  return explain === undefined ? error : new ListenError(explain(port, host ?? "this machine"), code, error);
}

const explanations: Record<string, (port: number, host: string) => string> = {
  EADDRINUSE: (port) =>
    `Port ${port} is in use: another program listens there. Stop it, or choose another port, for example PORT=${port < 65_535 ? port + 1 : port - 1}.`,
  EACCES: (port) =>
    `No permission to listen on port ${port}: ports below 1024 are the administrator's. Choose another, for example PORT=8000.`,
  EADDRNOTAVAIL: (_, host) =>
    `${host} is no address of this machine. Listen on "127.0.0.1", or leave host out for every address.`,
  ENOTFOUND: (_, host) =>
    `The host ${JSON.stringify(host)} is not known. Listen on "127.0.0.1", or leave host out for every address.`,
  EAI_AGAIN: (_, host) =>
    `The host ${JSON.stringify(host)} is not known. Listen on "127.0.0.1", or leave host out for every address.`,
  EINVAL: (_, host) => `${host} is no address to listen on. Listen on "127.0.0.1", or leave host out for every address.`,
  ERR_SOCKET_BAD_PORT: (port) => `${port} is no port: a port is a whole number from 0 to 65535.`,
};
