import { App, Body, Controller, Cookie, Delete, Depends, Form, Get, HTTPException, Header, Injectable, Path, Post, Query, RedirectResponse, Request, Response, defineCookie, dependency, type Resolved } from "madeleine";
import { z } from "zod";
class Connection { async commit() {} async rollback() {} release() {} }
const app = new App(); const Item = z.object({ id: z.number() });
interface User { name: string; roles: string[] }
const CurrentUser = dependency({ sid: Cookie() }, ({ sid }): User | undefined => (sid ? { name: sid, roles: [] } : undefined));
app.get("/health", () => "ok");
app.get("/items/:id", { id: Path(z.number().int()), q: Query() }, ({ id, q }) => ({ id, q: q ?? null }));
app.post("/items", { status: 201, response: Item }, { item: Body(Item) }, ({ item }) => item);
// a function, with typed needs; sync or async
const pagination = dependency({ skip: Query(z.number().int().min(0).default(0)), limit: Query(z.number().int().max(100).default(10)) },
  ({ skip, limit }) => ({ skip, limit }));

// one of a family; a thrown response answers
const SignedIn = dependency({ user: CurrentUser }, ({ user }) => { if (!user) throw new RedirectResponse("/login-page"); return user; });
const role = (name: string) => dependency({ user: SignedIn }, ({ user }) => { if (!user.roles.includes(name)) throw new HTTPException(403); return user; });

// one instance for the life of the app; [Symbol.asyncDispose] runs at shutdown
@Injectable({ scope: "app" })
class Pool { async connect() { return new Connection(); } async [Symbol.asyncDispose]() {} }

// a generator: a transaction that commits or rolls back before the client hears of it
const database = dependency({ pool: Pool }, async function* ({ pool }) {
  const connection = await pool.connect();
  try { yield connection; await connection.commit(); } catch (error) { await connection.rollback(); throw error; } finally { connection.release(); }
});

// a class: constructor parameters are injected and checked like a method's
class Filter {
  constructor(@Query() readonly q: string | undefined, @pagination() readonly page: Resolved<typeof pagination>) {}
}
// one definition, typed on both sides, so that writing, reading and deleting can never disagree
const Theme = defineCookie("theme", z.enum(["light", "dark"]).default("light"), { maxAge: 31_536_000 });

@Controller()
class Preferences {
  @Get("/theme") read(@Cookie(Theme) theme: "light" | "dark") { return { theme }; }
  @Post("/theme") write(@Form("theme", Theme.schema) theme: "light" | "dark", response: Response) {
    response.setCookie(Theme, theme);           // "blue" would be a compile error
    return new RedirectResponse("/theme", 303); // the cookie set on the injected response is kept
  }
  @Delete("/theme") reset(response: Response) { response.deleteCookie(Theme); return null; }
}
export { app, database, role, Filter, Preferences };
