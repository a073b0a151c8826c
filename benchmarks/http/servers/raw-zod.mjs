/** node:http by hand, with zod for whatever is validated. Where nothing is, there is nothing to compare with `raw`. */
import { createServer } from "node:http";
import { confirmOrder, products, sessions, users } from "../data.mjs";
import { ItemParameters, Order, Products, SessionCookies } from "../schemas.mjs";
import { listenOn } from "./listen.mjs";
import { callback as rawCallback, sendJson } from "./raw.mjs";

const listeners = { params, "cookie-auth": cookieAuth, body, list };

export function listen(workload) {
  return listenOn(createServer({ optimizeEmptyRequests: true }, callback(workload)));
}

/** The same without a port. */
export function callback(workload) {
  return listeners[workload] ?? rawCallback(workload);
}

function params({ url }, response) {
  const [path, search] = url.split("?");
  const query = new URLSearchParams(search);
  const result = ItemParameters.safeParse({ id: path.slice("/items/".length), limit: query.get("limit"), q: query.get("q") });
  if (result.success) sendJson(response, 200, result.data);
  else sendJson(response, 422, { detail: result.error.issues });
}

function cookieAuth({ headers }, response) {
  const result = SessionCookies.safeParse(parseCookies(headers.cookie ?? ""));
  const userId = result.success ? sessions.get(result.data.session_id) : undefined;
  const user = userId === undefined ? undefined : users.get(userId);
  if (user === undefined || !user.active) return sendJson(response, 401, { detail: "Unauthorized" });
  sendJson(response, 200, { id: user.id, name: user.name });
}

function parseCookies(header) {
  const cookies = {};
  for (const pair of header.split("; ")) {
    const equals = pair.indexOf("=");
    if (equals > 0) cookies[pair.slice(0, equals)] = decodeURIComponent(pair.slice(equals + 1));
  }
  return cookies;
}

function body(request, response) {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    const result = Order.safeParse(parse(Buffer.concat(chunks).toString()));
    if (result.success) sendJson(response, 201, confirmOrder(result.data));
    else sendJson(response, 422, { detail: result.error.issues });
  });
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function list(_request, response) {
  sendJson(response, 200, Products.parse(products));
}
