import { App, Body, Controller, Cookie, Delete, Depends, Form, Get, HTTPException, Header, Injectable, JSONResponse, Path, Post, Query, RedirectResponse, Request, Response, defineCookie, dependency, later, type Resolved } from "madeleine";
import { z } from "zod";
const app = new App();
interface User { name: string; admin: boolean }
const CurrentUser = dependency({ sid: Cookie("sid") }, async ({ sid }): Promise<User | undefined> => (sid ? { name: sid, admin: false } : undefined));
const SignedIn = dependency({ user: CurrentUser }, ({ user }) => { if (!user) throw new RedirectResponse("/login"); return user; });
const role = (name: string) => dependency({ user: SignedIn }, ({ user }) => { if (!user.admin) throw new HTTPException(403, name); return user; });
const admin = role("admin");
class Db { q() { return 1; } }
const Tx = dependency({ db: Db }, async function* ({ db }) { try { yield db; } finally { db.q(); } }, { until: "response" });
app.get("/me", { user: CurrentUser }, ({ user }) => user?.name ?? null);
app.get("/health", () => "ok");
app.get("/files/*path", { path: Path() }, ({ path }) => path);
app.get("/n/:id(\\d+)/:name.:ext", { id: Path(z.number()), name: Path(), file: Path("ext") }, ({ id, name, file }) => ({ id, name, file }));
app.get("/o/:a/:b?", { a: Path(), b: Path(z.string().optional()) }, ({ a, b }) => [a, b ?? null]);
app.post("/items", { status: 201, response: z.object({ id: z.number() }) }, { item: Body(z.object({ id: z.number() })) }, ({ item }) => item);
type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
declare const anything: any; declare const json: Json;
class Entity { id = 1; created = new Date(); save() {} }
@Controller("/x") class C {
  constructor(@Query() readonly q: string | undefined, @Tx() readonly tx: Db, @CurrentUser() readonly user: User | undefined) {}
  @Get("/1") a(@CurrentUser() u?: User) {}
  @Get("/2") b(@SignedIn() u: User, @role("admin") a: User, @admin c: User, @admin() d: User) {}
  @Get("/3") c(@Depends(Db) db: Db, @Depends((r: Request) => r.cookies.get("a")) x?: string) {}
  @Get("/4") d(@Query() q = "x", @Path() id: string, @Query(z.number().default(3)) n: number, @Query(z.number().optional()) m = 3) {}
  @Get("/5") async e() { return fetch("x"); }
  @Get("/6") f() { return json; }
  @Get("/7") g() { return [new Entity()]; }
  @Get("/8") h() { return anything; }
  @Get("/9") i(): unknown { return 1; }
  @Get("/10") j(): Entity | RedirectResponse { return new RedirectResponse("/", 303); }
  @Get("/11", { response: z.object({ id: z.number() }) }) k() { return { id: 1, extra: 2 }; }
  @Get("/12") l(@Header() userAgent?: string) { return { when: new Date(), url: new URL("http://x") }; }
  @Post("/13") m(@Form("theme", z.enum(["a"])) t: "a") { return null; }
  @Delete("/14") n() {}
}
const Theme = defineCookie("theme", z.enum(["light", "dark"]).default("light"), { maxAge: 1 });
const seconds: number | undefined = Math.random() > 0.5 ? 60 : undefined;
declare const response: Response;
response.setCookie(Theme, "dark", { maxAge: seconds }); response.setCookie("a", "b", { maxAge: seconds }); response.setCookie("__Host-a", "b", { secure: true });
@Controller() class D { @Get("/") a(@Cookie(Theme) theme: "light" | "dark") {} }
class A1 { constructor(@later(() => B1) readonly b: B1) {} } class B1 { x = 1; }
export { app, C, D, A1, JSONResponse, Injectable, Tx };
