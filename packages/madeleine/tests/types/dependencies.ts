// Functions with typed needs, and what may stand for what: design section 4.
import { App, Controller, Cookie, Depends, Get, Header, Path, Query, type Request, BackgroundTasks, bind, dependency, given, later, type Resolved } from "madeleine";
import { z } from "zod";

interface User { name: string }
class Pool { private readonly size = 1; query() { return [this.size]; } }
class Other { private readonly name = "x"; read() { return this.name; } }
abstract class Repository { abstract all(): number[]; }
class PgRepository extends Repository { all() { return [1]; } }
class Unrelated { one() { return 1; } }
class Hidden { private constructor() {} static readonly only = new Hidden(); }

const CurrentUser = dependency({ sid: Cookie("sid") }, async ({ sid }): Promise<User | undefined> => (sid ? { name: sid } : undefined));
const app = new App({ provide: [bind(Repository, PgRepository), bind(Pool, dependency({}, () => new Pool()))] });

// right
const needs = { sid: Cookie("sid"), page: Query(z.number().default(1)), pool: Pool, repository: Repository };
const declaredBefore = async ({ sid }: { sid: string | undefined }) => ({ name: sid ?? "" });
export const FromFunction = dependency({ sid: Cookie("sid") }, declaredBefore);
export const FromRecord = dependency(needs, ({ page, pool, repository }) => [page.toFixed(), ...pool.query(), ...repository.all()]);
export const Nested = dependency({ user: CurrentUser, rows: FromRecord, self: dependency(needs, (values) => values) }, ({ user, self }) => [user?.name, self.page]);
export const Generator = dependency({ pool: Pool }, async function* ({ pool }) { yield pool; }, { scope: "transient", until: "response", name: "pool" });
export const Nothing = dependency({}, () => {});
export const Always = dependency({ request: Depends((request: Request) => request) }, ({ request }) => request.cookies.get("x"));
export const user: User | undefined = null! as Resolved<typeof CurrentUser>;
export const named: { name: string } = null! as Resolved<typeof FromFunction>;
export const yielded: Pool = null! as Resolved<typeof Generator>;
const family = (name: string) => dependency({ user: CurrentUser }, ({ user }) => ({ ...user, role: name }));
@Controller() export class Families { @Get() a(@family("admin") admin: { role: string; name?: string }, @Nested() nested: (string | number | undefined)[]) { return [admin, nested]; } }
app.override(CurrentUser, () => undefined);
app.override(CurrentUser, async () => ({ name: "alice" }));
app.override(Pool, () => new Pool());
app.override(Repository, PgRepository);

// wrong
// @ts-expect-error it may be undefined
dependency({ sid: Cookie() }, ({ sid }) => sid.length);
// @ts-expect-error it may be undefined, in an async function
dependency({ user: CurrentUser }, async ({ user }) => user.name);
// @ts-expect-error no such need
dependency({ sid: Cookie() }, ({ session }) => session);
// @ts-expect-error no such method
dependency({ pool: Pool }, ({ pool }) => pool.connect());
// @ts-expect-error text, not a number
dependency({ page: Query() }, (values: { page: number }) => values.page);
// @ts-expect-error a function that needs more
dependency({}, declaredBefore);
// @ts-expect-error nothing that can be injected
dependency({ page: 3 }, () => 1);
// @ts-expect-error no parentheses
dependency({ page: Query }, () => 1);
// @ts-expect-error an instance
dependency({ pool: new Pool() }, () => 1);
// @ts-expect-error a list
dependency([Pool], ([pool]) => pool);
// @ts-expect-error no needs
dependency(() => 1);
// @ts-expect-error no such scope
dependency({}, () => 1, { scope: "singleton" });
// @ts-expect-error no such moment
dependency({}, () => 1, { until: "end" });
// @ts-expect-error no header has this name
dependency({ trace: Header("x trace") }, () => 1);
// @ts-expect-error no class
later(() => 3);
// @ts-expect-error neither a class nor a function
Depends(3);
// @ts-expect-error an instance
Depends(new Pool());
// @ts-expect-error nobody may make one
Depends(Hidden);
// @ts-expect-error it does not implement it
bind(Repository, Unrelated);
// @ts-expect-error it does not provide one
bind(Repository, dependency({}, () => 1));
app.override(CurrentUser, { name: "alice" });
app.override(CurrentUser, undefined);
app.override(CurrentUser, function* () { yield { name: "alice" }; });
app.override(Pool, new Pool());
app.scope({ provide: [given(CurrentUser, { name: "alice" }), given(Cookie("sid"), "1"), given(Pool, new Pool())] });
// @ts-expect-error a value of another type
app.override(CurrentUser, { nom: "alice" });
// @ts-expect-error a value of another type
app.override(Pool, 3);
// @ts-expect-error another type
given(CurrentUser, { nom: "alice" });
// @ts-expect-error the parameters of a task
(tasks: BackgroundTasks) => tasks.add((to: string) => to, 3);
// @ts-expect-error another type
app.override(CurrentUser, () => 3);
// @ts-expect-error another type, asynchronously
app.override(CurrentUser, async () => "alice");
// @ts-expect-error another class
app.override(Pool, Other);
// @ts-expect-error an instance of another class
app.override(Pool, () => new Other());
// @ts-expect-error no class
new App({ controllers: [Families, 3] });
// @ts-expect-error an instance
new App({ controllers: [new Pool()] });
// @ts-expect-error misspelt
new App({ controller: [Families] });
// @ts-expect-error it may be undefined
export const wrong: User = null! as Resolved<typeof CurrentUser>;
// @ts-expect-error text
app.get("/:id", { id: Path() }, ({ id }) => id.toFixed());
