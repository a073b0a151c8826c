/**
 * The workloads: what is requested under load, and the answers that every server must give before it is timed.
 *
 * Each check is a request with what is observed of its answer. `refused` stands for the status of an invalid input, which each
 * framework chooses itself: 400 or 422.
 */
import { confirmOrder, greeting, products } from "./data.mjs";
import { otherCookies } from "./sign-in.mjs";

export const refused = [400, 422];

const order = {
  customer: {
    name: "Ada Lovelace",
    email: "ada@example.com",
    address: { street: "12 St James's Square", city: "London", zip: "SW1Y" },
  },
  lines: [
    { sku: "SKU-10001", quantity: 2, price: 12.5 },
    { sku: "SKU-10002", quantity: 1, price: 99 },
    { sku: "SKU-10003", quantity: 10, price: 0.75 },
  ],
  express: true,
  note: "Please ring twice, the bell is old.",
};
const json = { "content-type": "application/json" };
const signedIn = { cookie: `${otherCookies}; session_id=4f8c2e61a7d94b3c8e5f` };
const withoutCost = products.map(({ cost: _, ...shown }) => shown);

const asked = {
  hello: {
    load: { path: "/" },
    checks: [{ path: "/", status: 200, body: greeting }],
  },
  params: {
    load: { path: "/items/42?limit=10&q=abc" },
    checks: [
      { path: "/items/42?limit=10&q=abc", status: 200, body: { id: 42, limit: 10, q: "abc" } },
      { path: "/items/7?limit=99&q=a%20b", status: 200, body: { id: 7, limit: 99, q: "a b" } },
      { path: "/items/forty?limit=10&q=abc", status: refused },
      { path: "/items/42?limit=1000&q=abc", status: refused },
    ],
  },
  "cookie-auth": {
    load: { path: "/me", headers: signedIn },
    checks: [
      { path: "/me", headers: signedIn, status: 200, body: { id: 7, name: "Alice" } },
      { path: "/me", headers: { cookie: otherCookies }, status: 401 },
      { path: "/me", status: 401 },
    ],
  },
  body: {
    load: { method: "POST", path: "/orders", headers: json, body: JSON.stringify(order) },
    checks: [
      { method: "POST", path: "/orders", headers: json, body: JSON.stringify(order), status: 201, answer: confirmOrder(order) },
      {
        method: "POST",
        path: "/orders",
        headers: json,
        body: JSON.stringify({ ...order, lines: [{ sku: 1 }] }),
        status: refused,
      },
      { method: "POST", path: "/orders", headers: json, body: "{", status: refused },
    ],
  },
  "set-cookie": {
    load: { path: "/login" },
    checks: [
      {
        path: "/login",
        status: 200,
        body: { message: "Welcome" },
        cookies: [
          "session_id=4f8c2e61a7d94b3c8e5f; Max-Age=1800; Path=/; HttpOnly; SameSite=Lax",
          "theme=dark; Max-Age=31536000; Path=/; Secure; SameSite=Lax",
        ],
      },
    ],
  },
  list: {
    load: { path: "/products" },
    checks: [{ path: "/products", status: 200, body: withoutCost }],
  },
  routes1000: {
    load: { path: "/api/v1/resource137/42/items" },
    checks: [
      { path: "/api/v1/resource137/42/items", status: 200, body: { id: "42" } },
      { path: "/api/v1/resource249/a/items/b", status: 200, body: { id: "a" } },
      { path: "/api/v1/resource250/42", status: 404 },
    ],
  },
  "login-session": {
    signInAt: "/sign-in",
    load: { path: "/profile" },
    checks: [
      { path: "/profile", status: 200, body: { username: "Alice" } },
      { path: "/profile", anonymous: true, status: 401 },
    ],
  },
};

/** Name to `{ load, checks, signInAt }`; a check's `answer` is the JSON that comes back, `body` of a GET the same. */
export const workloads = Object.fromEntries(
  Object.entries(asked).map(([name, { checks, ...rest }]) => [name, { ...rest, checks: checks.map(toCheck) }]),
);

function toCheck({ method = "GET", path, headers, body, answer, status, cookies, anonymous }) {
  const isSent = method !== "GET";
  const expected = isSent ? answer : body;
  return {
    method,
    path,
    headers,
    sent: isSent ? body : undefined,
    status: [status].flat(),
    answer: expected,
    cookies,
    anonymous,
  };
}
