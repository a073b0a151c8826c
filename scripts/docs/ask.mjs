import { request as open } from "node:http";

/** Sends a request to a port of this machine. Shape: `{ status: 200, reason: "OK", headers: {…}, body: "…" }`. */
export function ask({ method, path, headers, body }, port) {
  return new Promise((resolve, reject) => {
    const request = open({ host: "127.0.0.1", port, method, path, headers, agent: false }, (response) => {
      const { statusCode, statusMessage, headers } = response;
      const chunks = [];
      response.on("data", (chunk) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () =>
        resolve({ status: statusCode, reason: statusMessage, headers, body: Buffer.concat(chunks).toString() }),
      );
    });
    request.on("error", reject).end(body);
  });
}
