/** Hono 4 on @hono/node-server, with its own validator middleware over zod. */
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { validator } from "hono/validator";
import { confirmOrder, greeting, products, sessions, thousandPaths, users } from "../data.mjs";
import { beginSession, findUsername, sessionAttributes } from "./session-map.mjs";

const routes = {
  hello,
  params,
  "cookie-auth": cookieAuth,
  body,
  "set-cookie": setCookies,
  list,
  routes1000,
  "login-session": loginSession,
};

export async function listen(workload) {
  const app = new Hono();
  await routes[workload](app);
  return new Promise((resolve) => {
    serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, ({ port }) => resolve(port));
  });
}

function hello(app) {
  app.get("/", (context) => context.json(greeting));
}

async function params(app) {
  const { IntegerText, ItemParameters } = await import("../schemas.mjs");
  const { z } = await import("zod");
  const path = validator("param", check(z.object({ id: IntegerText })));
  const query = validator("query", check(ItemParameters.omit({ id: true })));
  app.get("/items/:id", path, query, (context) => {
    const { id } = context.req.valid("param");
    const { limit, q } = context.req.valid("query");
    return context.json({ id, limit, q });
  });
}

function check(schema) {
  return (value, context) => {
    const result = schema.safeParse(value);
    return result.success ? result.data : context.json({ detail: result.error.issues }, 422);
  };
}

function cookieAuth(app) {
  app.get("/me", readSession, readUser, requireActive, (context) => {
    const { id, name } = context.get("user");
    return context.json({ id, name });
  });
}

async function readSession(context, next) {
  context.set("userId", sessions.get(getCookie(context, "session_id")));
  await next();
}

async function readUser(context, next) {
  context.set("user", users.get(context.get("userId")));
  await next();
}

async function requireActive(context, next) {
  if (!context.get("user")?.active) return context.json({ detail: "Unauthorized" }, 401);
  await next();
}

async function body(app) {
  const { Order } = await import("../schemas.mjs");
  app.post("/orders", validator("json", check(Order)), (context) => context.json(confirmOrder(context.req.valid("json")), 201));
}

function setCookies(app) {
  app.get("/login", (context) => {
    setCookie(context, "session_id", "4f8c2e61a7d94b3c8e5f", { maxAge: 1800, path: "/", httpOnly: true, sameSite: "Lax" });
    setCookie(context, "theme", "dark", { maxAge: 31_536_000, path: "/", secure: true, sameSite: "Lax" });
    return context.json({ message: "Welcome" });
  });
}

async function list(app) {
  const { Products } = await import("../schemas.mjs");
  app.get("/products", (context) => context.json(Products.parse(products)));
}

function routes1000(app) {
  for (const path of thousandPaths) app.get(path, (context) => context.json({ id: context.req.param("id") }));
}

function loginSession(app) {
  app.post("/sign-in", (context) => {
    setCookie(context, "session_id", beginSession("Alice"), sessionAttributes);
    return context.json({ message: "Welcome" });
  });
  app.get("/profile", (context) => {
    const username = findUsername(getCookie(context, "session_id"));
    return username === undefined ? context.json({ detail: "Unauthorized" }, 401) : context.json({ username });
  });
}
