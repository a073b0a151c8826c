/**
 * `node:http` without the price of importing it.
 *
 * An `import` reads every name that a module of Node has, to fill in its exports, and some are getters: `http.WebSocket` loads undici, 25 ms
 * and 13 MiB at every start (Node 24). Taken like this, nothing is loaded but the module itself.
 */
export const nodeHttp: typeof import("node:http") = process.getBuiltinModule("node:http");

/** `node:crypto`, once somebody needs it: imported, it loads Web Cryptography, too, 8 ms at every start. */
export function nodeCrypto(): typeof import("node:crypto") {
  return (crypto ??= process.getBuiltinModule("node:crypto"));
}

let crypto: typeof import("node:crypto") | undefined;

/** `node:zlib`, once a body arrives compressed. */
export function nodeZlib(): typeof import("node:zlib") {
  return process.getBuiltinModule("node:zlib");
}
