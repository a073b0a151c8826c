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
};

/** Gives the port of any free one. */
export async function listen(workload: string): Promise<number> {
  const { options } = await applications[workload]!();
  const app = new App(options);
  await app.listen({ port: 0, host: "127.0.0.1", quiet: true, signals: false });
  return Number(new URL(app.url!).port);
}
