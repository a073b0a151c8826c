import { EventEmitter } from "node:events";

const socket = Object.assign(new EventEmitter(), { encrypted: false, remoteAddress: "127.0.0.1" });

/** Makes requests as node's parser would, without a socket: as many as are wanted of one kind, each with fresh strings. */
export function requestMaker({ method = "GET", path, headers = {}, body }) {
  const url = Buffer.from(path);
  const bytes = body === undefined ? undefined : Buffer.from(body);
  const length = bytes === undefined ? {} : { "content-length": String(bytes.length) };
  const lines = Object.entries({ host: "localhost:8000", ...headers, ...length });
  const lineBytes = lines.flat().map((text) => Buffer.from(text));
  return () => {
    const rawHeaders = lineBytes.map((line) => line.latin1Slice());
    return new IncomingRequest({ method, url: url.latin1Slice(), rawHeaders }, bytes);
  };
}

class IncomingRequest extends EventEmitter {
  httpVersionMajor = 1;
  httpVersionMinor = 1;
  readableDidRead = false;
  readableEnded = false;
  destroyed = false;
  socket = socket;

  constructor({ method, url, rawHeaders }, bytes) {
    super();
    this.method = method;
    this.url = url;
    this.rawHeaders = rawHeaders;
    this.complete = bytes === undefined;
    if (bytes !== undefined) setImmediate(() => this.#deliver(bytes));
  }

  /** Made when asked for, as node does it. */
  get headers() {
    const headers = {};
    for (let at = 0; at < this.rawHeaders.length; at += 2) headers[this.rawHeaders[at]] = this.rawHeaders[at + 1];
    return headers;
  }

  #deliver(bytes) {
    this.emit("data", bytes);
    this.complete = true;
    this.readableEnded = true;
    this.emit("end");
    process.nextTick(() => this.emit("close"));
  }
}

/** What takes the answer and throws it away, but for the cookie that it sets. */
export class OutgoingResponse {
  destroyed = false;
  headersSent = false;
  writableEnded = false;
  writableFinished = false;
  statusCode = 200;
  #head = [];
  #whenEnded;

  constructor(request, whenEnded) {
    this.req = request;
    this.socket = socket;
    this.#whenEnded = whenEnded;
  }

  writeHead(status, head) {
    this.#head = this.#head.length === 0 ? head : [...this.#head, ...head];
    this.statusCode = status;
    this.headersSent = true;
    return this;
  }

  setHeader(name, value) {
    this.#head = [...this.#head, name, value];
  }

  /** The first `Set-Cookie` line. */
  get setCookie() {
    return this.#head[this.#head.indexOf("set-cookie") + 1];
  }

  end() {
    this.writableEnded = true;
    this.writableFinished = true;
    this.#whenEnded(this);
  }
}
