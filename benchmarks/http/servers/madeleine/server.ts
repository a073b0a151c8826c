import { App, type AppOptions } from "madeleine";

/** Each workload's application alone is loaded: what another one imports is not part of its startup. */
const applications: Record<string, () => Promise<{ options: AppOptions }>> = {
  hello: () => import("./hello.ts"),
  params: () => import("./params.ts"),
  "cookie-auth": () => import("./cookie-auth.ts"),
  body: () => import("./body.ts"),
  "set-cookie": () => import("./set-cookie.ts"),
  list: () => import("./list.ts"),
  routes1000: () => import("./routes1000.ts"),
  "login-session": () => import("./login-session.ts"),
  "unused-parts": () => import("./unused-parts.ts"),
  middleware: () => import("./middleware.ts"),
};

/** Gives the port of any free one. */
export async function listen(workload: string): Promise<number> {
  const app = await createApplication(workload);
  await app.listen({ port: 0, host: "127.0.0.1", quiet: true, signals: false });
  return Number(new URL(app.url!).port);
}

/** The same without a port. */
export async function callback(workload: string): Promise<App["callback"]> {
  const app = await createApplication(workload);
  await app.boot();
  return app.callback;
}

async function createApplication(workload: string): Promise<App> {
  const { options } = await applications[workload]!();
  return new App(options);
}
