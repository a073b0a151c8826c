// Routes without decorators: design section 3.
import { App, Body, Cookie, HTTPException, Path, Query, RedirectResponse, Request, Response, dependency } from "madeleine";
import { z } from "zod";

interface User { name: string }
class Pool { private readonly size = 1; query() { return [this.size]; } }
declare const find: () => Promise<User>;
const CurrentUser = dependency({ sid: Cookie() }, ({ sid }): User | undefined => (sid ? { name: sid } : undefined));
const Item = z.object({ id: z.number() });
const Kind = z.object({ kind: z.enum(["a", "b"]), list: z.array(z.number()) });
const app = new App();

// right
app.get("/", () => {});
app.get("/", async () => {});
app.get("/", () => null);
app.get("/", () => JSON.parse("1"));
app.get("/", (): never => { throw new HTTPException(404); });
app.get("/", { q: Query() }, async ({ q }) => ({ q }));
app.get("/", { q: Query() }, () => JSON.parse("1"));
app.get("/", { signal: AbortSignal, request: Request, response: Response, pool: Pool, user: CurrentUser }, ({ request, pool }) => [request.cookies.get("x"), ...pool.query()]);
app.get("/:id", { it: Path("id", z.number()) }, ({ it }) => it + 1);
app.get("/:größe/:$name", { größe: Path(), $name: Path() }, ({ größe, $name }) => [größe, $name]);
app.get("/:a/:b", { path: Path(z.object({ a: z.string(), b: z.number() })) }, ({ path }) => path.b);
app.get("/o/:a/:b?", { a: Path(), b: Path(z.string().optional()) }, ({ a, b }) => [a, b ?? null]);
app.get("/n/:id(\\d+)/:name.:ext", { id: Path(z.number()), name: Path(), file: Path("ext") }, ({ id, name, file }) => ({ id, name, file }));
app.get("/files/*path", { path: Path() }, ({ path }) => path);
app.get(String(process.env["PATH_OF_ROUTE"]), { id: Path("whatever") }, ({ id }) => id);
app.get("/", { status: 201, name: "x", dependencies: [Pool] }, {}, () => 1);
app.get("/", { status: 204 }, { q: Query() }, async () => {});
app.get("/", { response: Item }, {}, async () => ({ id: 1, secret: 2 }));
app.get("/", { response: Item }, { q: Query() }, ({ q }) => (q ? { id: 1 } : new RedirectResponse("/")));
app.get("/", { response: Item }, {}, () => JSON.parse("1"));
app.get("/", { response: Kind }, {}, () => ({ kind: "a", list: [1] }));
app.get("/", { response: Kind }, { q: Query() }, async ({ q }) => ({ kind: q ? "a" : "b", list: [1] }));
const settings = { response: Item, status: 201 } as const;
const needs = { q: Query(), n: Query(z.number()) };
const handler = ({ q }: { q: string | undefined }) => ({ q: q ?? null });
app.get("/", needs, handler);
app.get("/", { q: Query() }, handler);
app.get("/", settings, needs, ({ n }) => ({ id: n }));
export function crud(path: `/${string}`, list: () => User[]): void {
  app.get(path, () => list());
  app.get(`${path}/:id`, { id: Path() }, ({ id }) => ({ id, users: list() }));
}

// wrong
// @ts-expect-error no such path parameter
app.get("/items/:id", { ident: Path() }, ({ ident }) => ident);
// @ts-expect-error no such path parameter
app.get("/items/:id", { id: Path("ident", z.number()) }, ({ id }) => id);
// @ts-expect-error no path parameter at all
app.get("/items", { id: Path() }, ({ id }) => id);
// @ts-expect-error no such path parameter
app.get("/files/*path", { rest: Path() }, ({ rest }) => rest);
// @ts-expect-error this part may be absent
app.get("/items/:id?", { id: Path() }, ({ id }) => id);
// @ts-expect-error this part may be absent
app.get("/:a/:b?", { a: Path(), b: Path(z.number()) }, ({ a, b }) => [a, b]);
// @ts-expect-error no slash
app.get("items", () => 1);
// @ts-expect-error another framework's parameter
app.get("/{id}", () => 1);
// @ts-expect-error a forgotten await
app.get("/", () => ({ user: find() }));
// @ts-expect-error a forgotten await
app.get("/", async () => ({ user: find() }));
// @ts-expect-error a list of promises
app.get("/", () => [1].map(async (id) => id));
// @ts-expect-error a bigint
app.get("/", { q: Query() }, () => 1n);
// @ts-expect-error it may be undefined
app.get("/", { q: Query() }, ({ q }) => q.length);
// @ts-expect-error text, not a number
app.get("/", { q: Query() }, (values: { q: number }) => values.q);
// @ts-expect-error one record of values, not one after the other
app.get("/", { q: Query() }, (q: string) => q);
// @ts-expect-error nothing that can be injected
app.get("/", { q: 3 }, () => 1);
// @ts-expect-error no parentheses
app.get("/", { q: Query }, () => 1);
// @ts-expect-error no handler
app.get("/");
// @ts-expect-error no handler
app.get("/", 3);
// @ts-expect-error options go with needs
app.get("/", { response: Item }, () => ({ id: 1 }));
// @ts-expect-error misspelt
app.get("/", { respone: Item }, {}, () => ({ id: 1 }));
// @ts-expect-error no status
app.get("/", { status: 700 }, {}, () => 1);
// @ts-expect-error 204 has no body
app.get("/", { status: 204 }, {}, () => 1);
// @ts-expect-error a field of another type
app.get("/", { response: Item }, {}, () => ({ id: "x" }));
// @ts-expect-error another literal
app.get("/", { response: Kind }, { q: Query() }, async () => ({ kind: "c", list: [] }));
// @ts-expect-error nothing
app.get("/", { response: Item }, {}, () => {});
// @ts-expect-error a list of something else
app.get("/", { response: z.array(Item) }, {}, async () => [1]);
// @ts-expect-error no such field
app.post("/", { item: Body(Item) }, ({ item }) => item.name);
