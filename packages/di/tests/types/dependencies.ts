// Compiled by the type check, never run: needs, what is provided, and what stands for something else.
import { bind, dependency, Graph, instanceOf, later, run, toParam, type Class, type Dependency, type Param, type Provides, type Resolved, type Value, type Values, type Yielded } from "../../src/index.ts";

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <A, B>(..._proof: Same<A, B> extends true ? [] : [never]) => undefined;

interface User { readonly name: string }
class Pool { connect() { return "connection"; } }
abstract class Repository { abstract find(id: number): User | undefined }
class PgRepository extends Repository { find() { return undefined; } }
declare const Sid: Param<string | undefined>;

// What a dependency provides: what it returns, resolves to, or yields.
const CurrentUser = dependency({ sid: Sid }, async ({ sid }): Promise<User | undefined> => (sid === undefined ? undefined : { name: sid }));
same<typeof CurrentUser, Dependency<User | undefined>>();
same<Resolved<typeof CurrentUser>, User | undefined>();
const database = dependency({ pool: Pool }, async function* ({ pool }) { yield pool.connect(); });
same<Resolved<typeof database>, string>();
const counter = dependency({}, function* () { yield 1; return "closed"; });
same<Resolved<typeof counter>, number>();
const pending = dependency({}, function* () { yield Promise.resolve(1); });
same<Resolved<typeof pending>, number>();
same<Yielded<Promise<Promise<1>>>, 1>();
same<Yielded<undefined>, undefined>();
same<Yielded<void>, void>();
same<Yielded<IterableIterator<1>>, IterableIterator<1>>();
same<Yielded<any>, any>();

// Needs arrive under their names with their types: sources, dependencies, classes, abstract ones too.
dependency({ sid: Sid, user: CurrentUser, pool: Pool, repository: Repository, role: CurrentUser(), soon: later(() => Pool) }, (needs) => {
  same<typeof needs, { sid: string | undefined; user: User | undefined; pool: Pool; repository: Repository; role: User | undefined; soon: Pool }>();
  const name: string | undefined = needs.user?.name;
  // @ts-expect-error 58: the value may be undefined
  const wrong: string = needs.user.name;
  // @ts-expect-error it was not asked for
  needs.other;
  return [name, wrong];
});
same<Value<typeof Pool>, Pool>();
same<Value<typeof Repository>, Repository>();
same<Value<Param<1>>, 1>();
same<Values<{ a: typeof Pool; b: Param<1> }>, { a: Pool; b: 1 }>();

// @ts-expect-error a plain function is no need: dependency({}, find) is
dependency({ find: () => 1 }, () => 1);
// @ts-expect-error an instance is no need
dependency({ pool: new Pool() }, () => 1);
// @ts-expect-error undefined is no need
dependency({ pool: undefined }, () => 1);
// @ts-expect-error no such scope
dependency({}, () => 1, { scope: "singleton" });
// @ts-expect-error no such moment
dependency({}, () => 1, { until: "end" });
// @ts-expect-error 58: the function takes another type than its need provides
dependency({ sid: Sid }, ({ sid }: { sid: number }) => sid);

// Classes and dependencies that are declared later.
same<typeof laterClass, Dependency<Pool>>();
const laterClass = later(() => Pool);
const laterDependency = later(() => CurrentUser);
same<Resolved<typeof laterDependency>, User | undefined>();
same<Resolved<ReturnType<typeof repositoryOf>>, Repository>();
const repositoryOf = () => instanceOf(Repository);
// @ts-expect-error the class itself, not a function that gives it
later(Pool);

// A binding fits.
bind(Repository, PgRepository);
bind(Repository, dependency({}, (): Repository => new PgRepository()));
bind(Repository, later(() => PgRepository));
// @ts-expect-error 60: another class
bind(Repository, Pool);
// @ts-expect-error 60: a dependency of another type
bind(Repository, CurrentUser);

// An override, as an application declares it, fits.
declare function override<V>(replaced: Provides<V> | Class<V>, by: (() => V | Promise<V>) | Provides<V> | Class<V>): Disposable;
override(CurrentUser, () => ({ name: "alice" }));
override(CurrentUser, async () => undefined);
override(Repository, PgRepository);
override(Repository, () => new PgRepository());
override(CurrentUser, dependency({}, (): User | undefined => undefined));
// @ts-expect-error 60: the wrong type
override(CurrentUser, () => 3);
// @ts-expect-error 60: the wrong class
override(Repository, Pool);

// What a run gives back is awaited.
const plan = new Graph().plan([[{ need: CurrentUser, where: "a script" }]]);
same<ReturnType<typeof answer>, Promise<number>>();
const answer = () => run(plan, {}, async () => 1);

// A source of one's own.
const Host = toParam<string>({ kind: "source", label: "Host()", named() { return this; }, read: (input: { host: string }) => input.host });
same<Resolved<typeof Host>, string>();
// @ts-expect-error the kinds are known
toParam({ kind: "sauce", label: "Host()" });

export { counter, database, laterDependency, pending };
