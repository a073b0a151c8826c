/** Express 5 with cookie-parser and zod. */
import cookieParser from "cookie-parser";
import express from "express";
import { confirmOrder, greeting, products, sessions, thousandPaths, users } from "../data.mjs";
import { beginSession, findUsername, sessionAttributes } from "./session-map.mjs";
import { listenOn } from "./listen.mjs";
import { createServer } from "node:http";

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
  const app = express();
  await routes[workload](app);
  return listenOn(createServer(app));
}

function hello(app) {
  app.get("/", (_request, response) => response.json(greeting));
}

async function params(app) {
  const { ItemParameters } = await import("../schemas.mjs");
  app.get("/items/:id", ({ params: { id }, query }, response) => {
    const result = ItemParameters.safeParse({ id, limit: query.limit, q: query.q });
    if (result.success) response.json(result.data);
    else response.status(422).json({ detail: result.error.issues });
  });
}

function cookieAuth(app) {
  app.get("/me", cookieParser(), readSession, readUser, requireActive, (_request, response) => {
    const { id, name } = response.locals.user;
    response.json({ id, name });
  });
}

function readSession(request, response, next) {
  response.locals.userId = sessions.get(request.cookies.session_id);
  next();
}

function readUser(_request, response, next) {
  response.locals.user = users.get(response.locals.userId);
  next();
}

function requireActive(_request, response, next) {
  if (response.locals.user?.active) next();
  else response.status(401).json({ detail: "Unauthorized" });
}

async function body(app) {
  const { Order } = await import("../schemas.mjs");
  app.post("/orders", express.json(), (request, response) => {
    const result = Order.safeParse(request.body);
    if (result.success) response.status(201).json(confirmOrder(result.data));
    else response.status(422).json({ detail: result.error.issues });
  });
  // By its four parameters Express knows a handler of errors; its own prints each to the standard error.
  app.use((error, _request, response, _next) => response.status(error.status ?? 500).json({ detail: error.message }));
}

function setCookie(app) {
  app.get("/login", (_request, response) => {
    response.cookie("session_id", "4f8c2e61a7d94b3c8e5f", { maxAge: 1_800_000, path: "/", httpOnly: true, sameSite: "lax" });
    response.cookie("theme", "dark", { maxAge: 31_536_000_000, path: "/", secure: true, sameSite: "lax" });
    response.json({ message: "Welcome" });
  });
}

async function list(app) {
  const { Products } = await import("../schemas.mjs");
  app.get("/products", (_request, response) => response.json(Products.parse(products)));
}

function routes1000(app) {
  for (const path of thousandPaths) app.get(path, (request, response) => response.json({ id: request.params.id }));
}

function loginSession(app) {
  app.post("/sign-in", (_request, response) => {
    response.cookie("session_id", beginSession("Alice"), { ...sessionAttributes, maxAge: sessionAttributes.maxAge * 1000 });
    response.json({ message: "Welcome" });
  });
  app.get("/profile", cookieParser(), (request, response) => {
    const username = findUsername(request.cookies.session_id);
    if (username === undefined) response.status(401).json({ detail: "Unauthorized" });
    else response.json({ username });
  });
}
