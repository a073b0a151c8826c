/**
 * node:http by hand: what is left when there is no framework. Everything is written for its one workload, and checked by hand.
 */
import { createServer } from "node:http";
import { confirmOrder, greeting, products, sessions, thousandPaths, users } from "../data.mjs";
import { listenOn } from "./listen.mjs";
import { beginSession, findUsername } from "./session-map.mjs";

const listeners = {
  hello,
  params,
  "cookie-auth": cookieAuth,
  body,
  "set-cookie": setCookie,
  list,
  routes1000: routes1000(),
  "login-session": loginSession,
};

/** `optimizeEmptyRequests` is node 24's; before, it does nothing. */
export function listen(workload) {
  return listenOn(createServer({ optimizeEmptyRequests: true }, listeners[workload]));
}

/** The same without a port. */
export function callback(workload) {
  return listeners[workload];
}

function hello(request, response) {
  if (request.url === "/") sendJson(response, 200, greeting);
  else sendJson(response, 404, { detail: "Not Found" });
}

function params({ url }, response) {
  const mark = url.indexOf("?");
  const id = url.slice("/items/".length, mark === -1 ? url.length : mark);
  const query = new URLSearchParams(mark === -1 ? "" : url.slice(mark + 1));
  const limit = query.get("limit");
  const isValid = isInteger(id) && isInteger(limit) && Number(limit) <= 100 && query.has("q");
  if (!isValid) return sendJson(response, 422, { detail: "Invalid parameters" });
  sendJson(response, 200, { id: Number(id), limit: Number(limit), q: query.get("q") });
}

function isInteger(text) {
  return text !== null && /^\d+$/.test(text);
}

function cookieAuth({ headers }, response) {
  const userId = sessions.get(readCookie(headers.cookie, "session_id"));
  const user = userId === undefined ? undefined : users.get(userId);
  if (user === undefined || !user.active) return sendJson(response, 401, { detail: "Unauthorized" });
  sendJson(response, 200, { id: user.id, name: user.name });
}

function readCookie(header, name) {
  if (header === undefined) return undefined;
  const at = header.startsWith(`${name}=`) ? 0 : header.indexOf(`; ${name}=`) + 2;
  if (at === 1) return undefined;
  const end = header.indexOf(";", at);
  return decodeURIComponent(header.slice(at + name.length + 1, end === -1 ? header.length : end));
}

function body(request, response) {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    const order = parse(chunks.length === 1 ? chunks[0].toString() : Buffer.concat(chunks).toString());
    if (!isOrder(order)) return sendJson(response, 422, { detail: "Invalid order" });
    sendJson(response, 201, confirmOrder(order));
  });
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isOrder(order) {
  if (!isObject(order) || !isObject(order.customer) || !isObject(order.customer.address)) return false;
  const { name, email, address } = order.customer;
  const hasCustomer = isText(name) && isText(email) && isText(address.street) && isText(address.city) && isText(address.zip);
  const hasRest = typeof order.express === "boolean" && isText(order.note) && Array.isArray(order.lines);
  return hasCustomer && hasRest && order.lines.every(isLine);
}

function isLine(line) {
  return (
    isObject(line) && isText(line.sku) && Number.isInteger(line.quantity) && line.quantity > 0 && typeof line.price === "number"
  );
}

function isObject(value) {
  return typeof value === "object" && value !== null;
}

function isText(value) {
  return typeof value === "string";
}

function setCookie(_request, response) {
  const text = '{"message":"Welcome"}';
  response.writeHead(200, [
    "content-type",
    "application/json",
    "content-length",
    String(text.length),
    "set-cookie",
    "session_id=4f8c2e61a7d94b3c8e5f; Max-Age=1800; Path=/; HttpOnly; SameSite=Lax",
    "set-cookie",
    "theme=dark; Max-Age=31536000; Path=/; Secure; SameSite=Lax",
  ]);
  response.end(text);
}

function list(_request, response) {
  sendJson(response, 200, products.map(toShown));
}

function toShown({ id, sku, name, description, price, inStock, tags }) {
  return { id, sku, name, description, price, inStock, tags };
}

/** A map by segments; every path begins with `/api/v1/`. */
function routes1000() {
  const known = new Set(thousandPaths.map((path) => path.split("/")[3]));
  return ({ url }, response) => {
    const [, api, version, resource, id, items, , rest] = url.split("/", 8);
    const isFound =
      api === "api" && version === "v1" && known.has(resource) && (items ?? "items") === "items" && rest === undefined;
    if (isFound) sendJson(response, 200, { id });
    else sendJson(response, 404, { detail: "Not Found" });
  };
}

function loginSession({ url, headers }, response) {
  if (url === "/sign-in") {
    response.setHeader("set-cookie", `session_id=${beginSession("Alice")}; Max-Age=1800; Path=/; HttpOnly; SameSite=Lax`);
    return sendJson(response, 200, { message: "Welcome" });
  }
  const username = findUsername(readCookie(headers.cookie, "session_id"));
  if (username === undefined) sendJson(response, 401, { detail: "Unauthorized" });
  else sendJson(response, 200, { username });
}

export function sendJson(response, status, value) {
  const text = JSON.stringify(value);
  response.writeHead(status, ["content-type", "application/json", "content-length", String(Buffer.byteLength(text))]);
  response.end(text);
}
