/** Fastify 5 as its guide recommends: a schema for every input and every answer. */
import Fastify from "fastify";
import cookie from "@fastify/cookie";
import { confirmOrder, greeting, products, sessions, thousandPaths, users } from "../data.mjs";
import { beginSession, findUsername, sessionAttributes } from "./session-map.mjs";

const text = { type: "string" };
const integer = { type: "integer" };
const number = { type: "number" };
const message = object({ message: text });

const routes = {
  hello,
  params,
  "cookie-auth": cookieAuth,
  body,
  "set-cookie": setCookie,
  list,
  routes1000,
  "login-session": loginSession,
};

export async function listen(workload) {
  const app = Fastify();
  await routes[workload](app);
  await app.listen({ port: 0, host: "127.0.0.1" });
  return app.server.address().port;
}

function object(properties, required = Object.keys(properties)) {
  return { type: "object", properties, required };
}

function hello(app) {
  app.get("/", { schema: { response: { 200: message } } }, () => greeting);
}

function params(app) {
  const querystring = object({ limit: { type: "integer", maximum: 100 }, q: text });
  const schema = {
    params: object({ id: integer }),
    querystring,
    response: { 200: object({ id: integer, limit: integer, q: text }) },
  };
  app.get("/items/:id", { schema }, ({ params: { id }, query: { limit, q } }) => ({ id, limit, q }));
}

async function cookieAuth(app) {
  await app.register(cookie);
  app.decorateRequest("userId", null);
  app.decorateRequest("user", null);
  const preHandler = [readSession, readUser, requireActive];
  app.get("/me", { preHandler, schema: { response: { 200: object({ id: integer, name: text }) } } }, ({ user }) => user);
}

async function readSession(request) {
  request.userId = sessions.get(request.cookies.session_id);
}

async function readUser(request) {
  request.user = users.get(request.userId);
}

async function requireActive(request, reply) {
  if (!request.user?.active) return reply.code(401).send({ detail: "Unauthorized" });
}

function body(app) {
  const address = object({ street: text, city: text, zip: text });
  const line = object({ sku: text, quantity: { type: "integer", minimum: 1 }, price: number });
  const order = object({
    customer: object({ name: text, email: text, address }),
    lines: { type: "array", items: line },
    express: { type: "boolean" },
    note: text,
  });
  const confirmed = object({ id: integer, customer: text, lines: integer, total: number });
  app.post("/orders", { schema: { body: order, response: { 201: confirmed } } }, (request, reply) => {
    reply.code(201).send(confirmOrder(request.body));
  });
}

async function setCookie(app) {
  await app.register(cookie);
  app.get("/login", { schema: { response: { 200: message } } }, (_request, reply) => {
    reply.setCookie("session_id", "4f8c2e61a7d94b3c8e5f", { maxAge: 1800, path: "/", httpOnly: true, sameSite: "lax" });
    reply.setCookie("theme", "dark", { maxAge: 31_536_000, path: "/", secure: true, sameSite: "lax" });
    reply.send({ message: "Welcome" });
  });
}

function list(app) {
  const tags = { type: "array", items: text };
  const product = object({
    id: integer,
    sku: text,
    name: text,
    description: text,
    price: number,
    inStock: { type: "boolean" },
    tags,
  });
  app.get("/products", { schema: { response: { 200: { type: "array", items: product } } } }, () => products);
}

function routes1000(app) {
  const schema = { response: { 200: object({ id: text }, []) } };
  for (const path of thousandPaths) app.get(path, { schema }, (request) => ({ id: request.params.id }));
}

async function loginSession(app) {
  await app.register(cookie);
  app.post("/sign-in", { schema: { response: { 200: message } } }, (_request, reply) => {
    reply.setCookie("session_id", beginSession("Alice"), sessionAttributes);
    reply.send({ message: "Welcome" });
  });
  app.get("/profile", { schema: { response: { 200: object({ username: text }) } } }, (request, reply) => {
    const username = findUsername(request.cookies.session_id);
    if (username === undefined) reply.code(401).send({ detail: "Unauthorized" });
    else reply.send({ username });
  });
}
