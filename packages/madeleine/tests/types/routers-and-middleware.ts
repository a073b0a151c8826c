// Groups of routes, mounts and middleware: design section 7.
import { App, Controller, Cookie, Get, JSONResponse, Path, Query, Request, Response, Router, dependency, middleware, type Middleware } from "madeleine";
import { z } from "zod";

interface User { name: string }
const CurrentUser = dependency({ sid: Cookie() }, ({ sid }): User | undefined => (sid ? { name: sid } : undefined));
class Pool { private readonly size = 1; query() { return this.size; } }

// right: a group knows the parameters of its own prefix
const posts = new Router("/users/:userId/posts", { tags: ["posts"], dependencies: [CurrentUser], host: "*.example.com" });
posts.get("/:postId", { userId: Path(), postId: Path(z.number()) }, ({ userId, postId }) => ({ userId, next: postId + 1 }));
posts.post("/", { status: 201, tags: ["new"] }, { userId: Path("userId") }, ({ userId }) => userId);
const anywhere = new Router<string>("/under/an/include");
anywhere.get("/:id", { org: Path("org"), id: Path() }, ({ org, id }) => [org, id]);
const plain = new Router();
plain.get("/:id", { id: Path() }, ({ id }) => id);

const app = new App({ middleware: [(request, next) => (request.path === "/" ? next() : new Response())], trailingSlash: "ignore" });
app.include(posts).include(anywhere, { prefix: "/orgs/:org", tags: ["a"], dependencies: [Pool] }).include(plain);
plain.include(new Router("/nested"));
app.mount("/admin", new App()).mount("/f", { fetch: (request) => new globalThis.Response(request.url) });
app.mount("/n", { node: (raw, response) => void response.end(raw.url) });
const path: string = app.pathFor("x", { id: 1, name: "a" }, { q: ["a", "b"], page: 2, none: undefined });

// right: the needs of a middleware are inferred
const audit = middleware({ user: CurrentUser, pool: Pool, page: Query(z.number()) }, async ({ user, pool, page, request, route }, next) => {
  const response: Response = await next();
  response.headers.set("x-audit", `${user?.name} ${pool.query() + page} ${request.path} ${route?.method} ${route?.name}`);
  return response;
});
const cors: Middleware = async (request, next) => (request.headers.has("origin") ? (await next()).setCookie("a", "1") : next());
app.get("/a", { middleware: [cors, audit, async (_, next) => next()] }, { q: Query() }, ({ q }) => q ?? null);

@Controller("/c", { middleware: [audit, middleware({ q: Query() }, ({ q }, next) => (q ? next() : new JSONResponse(null)))], tags: ["c"] })
class Items {
  @Get("/", { middleware: [cors], tags: ["list"] })
  list() {
    return [path];
  }
}
new Router("/x", { controllers: [Items], middleware: [cors, audit] });

// right: without a socket
declare const request: Request;
export const answered: Promise<Response> | Response = audit({ user: undefined, pool: new Pool(), page: 1, request, route: undefined }, async () => new Response());

// wrong
// @ts-expect-error the group's prefix and the path have no such parameter
posts.get("/:postId", { user: Path(), postId: Path() }, ({ user }) => user);
// @ts-expect-error a prefix begins with a slash
new Router("users");
// @ts-expect-error braces are another framework's
new Router("/users/{id}");
// @ts-expect-error a middleware answers with a response
app.get("/w1", { middleware: [() => ({ a: 1 })] }, {}, () => null);
// @ts-expect-error and not with nothing
middleware({ q: Query() }, async (_, next) => void (await next()));
// @ts-expect-error user may be undefined
middleware({ user: CurrentUser }, ({ user }, next) => (user.name ? next() : next()));
// @ts-expect-error request is given
middleware({ request: Query() }, (_, next) => next());
// @ts-expect-error a middleware with needs is called with their values
void audit(request, async () => new Response());
// @ts-expect-error which kind of handler it is has to be said
app.mount("/w2", (raw: globalThis.Request) => new globalThis.Response(raw.url));
// @ts-expect-error a policy that does not exist
new App({ trailingSlash: "never" });
