import "reflect-metadata";
import { NestFactory } from "@nestjs/core";
import { FastifyAdapter, type NestFastifyApplication } from "@nestjs/platform-fastify";
import type { Type } from "@nestjs/common";

interface Workload {
  readonly module: Type;
  readonly usesCookies?: boolean;
}

const applications: Record<string, () => Promise<Workload>> = {
  hello: () => import("./hello.ts"),
  params: () => import("./params.ts"),
  "cookie-auth": () => import("./cookie-auth.ts"),
  body: () => import("./body.ts"),
  "set-cookie": () => import("./set-cookie.ts"),
  list: () => import("./list.ts"),
  routes1000: () => import("./routes1000.ts"),
  "login-session": () => import("./login-session.ts"),
};

/** Gives the port of any free one. */
export async function listen(workload: string): Promise<number> {
  const { module, usesCookies } = await applications[workload]!();
  const app = await NestFactory.create<NestFastifyApplication>(module, new FastifyAdapter(), { logger: ["error"] });
  if (usesCookies === true) await app.register((await import("@fastify/cookie")).default);
  await app.listen(0, "127.0.0.1");
  return Number(new URL(await app.getUrl()).port);
}
