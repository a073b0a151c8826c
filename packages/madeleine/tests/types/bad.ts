import { App, Controller, Cookie, Depends, Get, Path, Query, Response, defineCookie, dependency } from "madeleine";
import { z } from "zod";
const app = new App();
interface User { name: string }
const CurrentUser = dependency({ sid: Cookie("sid") }, async ({ sid }): Promise<User | undefined> => (sid ? { name: sid } : undefined));
const role = (name: string) => dependency({ user: CurrentUser }, ({ user }) => ({ name: user?.name ?? name }));
// @ts-expect-error no such path parameter
app.get("/items/:id", { ident: Path(z.number()) }, ({ ident }) => ident);
// @ts-expect-error no such path parameter
app.get("/items/:id", { id: Path("ident") }, ({ id }) => id);
// @ts-expect-error optional part
app.get("/items/:id?", { id: Path() }, ({ id }) => id);
// @ts-expect-error promise inside
app.get("/x", () => ({ a: Promise.resolve(1) }));
// @ts-expect-error bigint
app.get("/x", { u: CurrentUser }, () => ({ a: 1n }));
// @ts-expect-error response schema
app.get("/x", { response: z.object({ id: z.number() }) }, { u: CurrentUser }, () => ({ id: "x" }));
declare const find: () => Promise<User>;
@Controller() class C {
  // @ts-expect-error may be missing
  @Get("/1") a(@Query() q: string) {}
  // @ts-expect-error text
  @Get("/2") b(@Query() q?: number) {}
  // @ts-expect-error text
  @Get("/3") c(@Query() q?: "a" | "b") {}
  // @ts-expect-error any
  @Get("/4") d(@Query(z.number()) q: any) {}
  // @ts-expect-error default never used
  @Get("/5") e(@Query(z.number()) q = 1) {}
  // @ts-expect-error may be undefined
  @Get("/6") f(@CurrentUser() u: User) {}
  // @ts-expect-error mismatch
  @Get("/7") g(@role("x") u: string) {}
  // @ts-expect-error static
  @Get("/8") static h() { return 1; }
  // @ts-expect-error private
  @Get("/9") private i() { return 1; }
  // @ts-expect-error promise inside
  @Get("/10") j() { return { item: find() }; }
  // @ts-expect-error map
  @Get("/11") k() { return new Map([["a", 1]]); }
  // @ts-expect-error bigint
  @Get("/12") l() { return [{ big: 1n }]; }
  // @ts-expect-error function
  @Get("/13") m() { return () => 1; }
  // @ts-expect-error returned nothing
  @Get("/14", { response: z.object({ id: z.number() }) }) async n() {}
  // @ts-expect-error constructor is checked too
  constructor(@CurrentUser() readonly user: string) {}
}
declare const response: Response;
const Theme = defineCookie("theme", z.enum(["light", "dark"]).default("light"));
// @ts-expect-error value
response.setCookie(Theme, "blue");
// @ts-expect-error SameSite=None
response.setCookie("a", "b", { sameSite: "none" });
// @ts-expect-error __Host-
response.setCookie("__Host-a", "b");
// @ts-expect-error __host-
response.setCookie("__host-a", "b", { secure: true, domain: "x" });
// @ts-expect-error partitioned
response.setCookie("a", "b", { partitioned: true });
// @ts-expect-error token
response.setCookie("a b", "b");
// @ts-expect-error override
app.override(CurrentUser, () => 3);
export { C, Depends };
