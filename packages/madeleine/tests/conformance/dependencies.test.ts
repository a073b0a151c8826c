import {
  App,
  BackgroundTasks,
  Controller,
  Cookie,
  dependency,
  Get,
  Header,
  HTTPException,
  Path,
  Query,
  StreamingResponse,
  type DependencyOptions,
} from "madeleine";
import { TestClient } from "madeleine/testing";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { z } from "zod";
import { answers, holds, silent } from "./answers.ts";

/** A counter that lives as long as its application. */
function counting(): App {
  let counter = 0;
  const Counter = dependency({}, () => ++counter);
  const SuperCounter = dependency({ counter: Counter }, ({ counter }) => counter);

  @Controller()
  class Counters {
    @Get("/counter/")
    one(@Counter() counter: number) {
      return { counter };
    }

    @Get("/sub-counter/")
    both(@SuperCounter() subcounter: number, @Counter() counter: number) {
      return { counter, subcounter };
    }
  }
  return new App({ controllers: [Counters] });
}

answers(counting, {
  "dep-cache-simple": "a dependency is computed anew for each request",
  "dep-cache-shared": "a dependency that is needed twice is computed once per request",
});

const CommonParameters = dependency(
  { q: Query(), skip: Query(z.int().default(0)), limit: Query(z.int().default(100)) },
  ({ q, skip, limit }) => ({ q: q ?? null, skip, limit }),
);

@Controller()
class Commons {
  @Get("/items/")
  list(@CommonParameters() commons: { q: string | null; skip: number; limit: number }) {
    return commons;
  }
}

answers(() => new App({ controllers: [Commons] }), {
  "dep-func": "a dependency has parameters of its own",
  "dep-func-422": "a problem of a dependency's parameter is told as one of the handler's",
});

const QueryExtractor = dependency({ q: Query() }, ({ q }) => q);
const QueryOrCookie = dependency({ q: QueryExtractor, last: Cookie("last_query") }, ({ q, last }) => q ?? last);

@Controller()
class Extracting {
  @Get("/items/")
  read(@QueryOrCookie() q: string | undefined) {
    return { q_or_cookie: q ?? null };
  }
}

answers(() => new App({ controllers: [Extracting] }), {
  "dep-sub-cookie": "a dependency depends on another one and on a cookie",
});

const VerifyToken = dependency({ token: Header("x-token", z.string()) }, ({ token }) => {
  if (token !== "fake-super-secret-token") throw new HTTPException(400, "X-Token header invalid");
});
const VerifyKey = dependency({ key: Header("x-key", z.string()) }, ({ key }) => {
  if (key !== "fake-super-secret-key") throw new HTTPException(400, "X-Key header invalid");
});

@Controller()
class Guarded {
  @Get("/items/", { dependencies: [VerifyToken, VerifyKey] })
  list() {
    return [{ item: "Foo" }, { item: "Bar" }];
  }
}

@Controller()
class Users {
  @Get("/users/")
  list() {
    return [{ username: "Rick" }, { username: "Morty" }];
  }
}

answers(() => new App({ controllers: [Guarded] }), {
  "dep-deco-missing": "the first guard whose input is missing answers alone",
  "dep-deco-bad": "a guard answers with what it throws",
  "dep-deco-bad2": "a guard comes after the one before it",
  "dep-deco-ok": "a request that meets all guards is answered",
});

answers(() => new App({ controllers: [Users], dependencies: [VerifyToken, VerifyKey] }), {
  "dep-app-level": "guards of the application stand before every route",
});

/** A family of dependencies is a function that makes one. */
const fixedContent = (content: string) => dependency({ q: Query() }, ({ q }) => q?.includes(content) ?? false);
const ContainsBar = fixedContent("bar");

@Controller()
class Checkers {
  @Get("/query-checker/")
  check(@ContainsBar() fixed_content_in_query: boolean) {
    return { fixed_content_in_query };
  }
}

answers(() => new App({ controllers: [Checkers] }), {
  "dep-instance-no": "a dependency is one of a family",
});

class OwnerError extends Error {}
class InternalError extends Error {}

const things: Record<string, { description: string; owner: string }> = {
  plumbus: { description: "Freshly pickled plumbus", owner: "Morty" },
  "portal-gun": { description: "Gun to create portals", owner: "Rick" },
};

const Username = dependency({}, async function* () {
  try {
    yield "Rick";
  } catch (error) {
    if (error instanceof OwnerError) throw new HTTPException(400, `Owner error: ${error.message}`);
    throw error;
  }
});

@Controller()
class Owned {
  @Get("/items/:id")
  read(@Path() id: string, @Username() username: string) {
    const thing = things[id];
    if (thing === undefined) throw new HTTPException(404, "Item not found");
    if (thing.owner !== username) throw new OwnerError(username);
    return thing;
  }
}

answers(() => new App({ controllers: [Owned] }), {
  "dep-yield-converts": "a generator makes another answer of an error of the handler",
  "dep-yield-ok": "a generator gives what it yields",
});

/** A handler that fails beside a generator that sees it. */
function failing(isRethrown: boolean): App {
  const Watching = dependency({}, function* () {
    try {
      yield "Rick";
    } catch (error) {
      if (isRethrown || !(error instanceof InternalError)) throw error;
    }
  });

  @Controller()
  class Failing {
    @Get("/items/:id")
    read(@Path() id: string, @Watching() username: string) {
      if (id === "portal-gun") throw new InternalError(`The portal gun is too dangerous to be owned by ${username}`);
      return id;
    }
  }
  return new App({ controllers: [Failing], logger: silent });
}

answers(() => failing(false), { "dep-yield-swallow": "a generator that swallows an error does not hide it" });
answers(() => failing(true), { "dep-yield-reraise": "a generator that throws the error again changes nothing" });

class RuntimeError extends Error {}

/** Generators that write down what happens to them: b needs a, c stands alone. */
function ordered(log: string[], options: DependencyOptions = {}): App {
  const A = logging("a", log, options);
  const B = dependency({ a: A }, () => logged("b", log), options);
  const C = logging("c", log, options);
  const D1 = logging("d1", log, options);
  const D2 = logging("d2", log, options);
  const P1 = logging("p1", log, options);
  const AtOnce = logging("f", log, { until: "handler" });

  @Controller()
  class Ordered {
    @Get("/ok")
    answer(@B() _b: string, @C() _c: string, tasks: BackgroundTasks) {
      log.push("handler");
      tasks.add(() => log.push("bg"));
      return { ok: 1 };
    }

    @Get("/err")
    error(@B() _b: string, @C() _c: string) {
      log.push("handler");
      throw new RuntimeError("x");
    }

    @Get("/http")
    http(@B() _b: string, @C() _c: string) {
      log.push("handler");
      throw new HTTPException(404, "nf");
    }

    @Get("/422")
    invalid(@B() _b: string, @Query(z.int()) q: number) {
      log.push("handler");
      return q;
    }

    @Get("/stream")
    stream(@B() _b: string) {
      return new StreamingResponse(chunk(log));
    }

    @Get("/stream-fn")
    streamAtOnce(@AtOnce() _f: string) {
      return new StreamingResponse(chunk(log));
    }

    @Get("/ser", { response: z.object({ name: z.string().min(5) }) })
    serialize(@A() _a: string) {
      log.push("handler");
      return { name: "x" };
    }

    @Get("/order/:id", { dependencies: [D1, D2] })
    order(@Path(z.int()) id: number, @P1() _p1: string) {
      log.push("handler");
      return id;
    }
  }
  return new App({ controllers: [Ordered], logger: silent });
}

function logging(name: string, log: string[], options: DependencyOptions) {
  return dependency({}, () => logged(name, log), options);
}

function* logged(name: string, log: string[]): Generator<string> {
  log.push(`${name}+`);
  try {
    yield name;
  } catch (error) {
    log.push(`${name}!${(error as Error).constructor.name}`);
    throw error;
  } finally {
    log.push(`${name}-`);
  }
}

async function* chunk(log: string[]) {
  log.push("chunk");
  yield "x";
}

answers(ordered, {
  "dep-order-ok": "generators end in reverse order before the answer, and background tasks run after it",
  "dep-order-error": "every generator sees the error, the last one first",
  "dep-order-http": "every generator sees an HTTPException",
  "dep-order-422": "no dependency runs for an invalid request",
  "dep-order-stream": "a generator has ended before a stream is sent",
  "dep-order-stream-fn": "a generator that ends with the handler has ended before a stream is sent",
  "dep-order-serialization-error": "a generator sees that a value fails the response schema",
  "dep-order-decorator-first": "guards run before the dependencies of the handler, in the order of their list",
});

test("a generator that lives until the last byte ends after a stream, as in FastAPI (dep-order-stream)", async () => {
  const log: string[] = [];
  const client = await TestClient.open(ordered(log, { until: "response" }));
  await client.get("/stream");
  await client.close();
  assert.equal(log, ["a+", "b+", "chunk", "b-", "a-"]);
});

class Session {
  isOpen = true;
}

const session = (options: DependencyOptions) =>
  dependency(
    {},
    function* () {
      const session = new Session();
      try {
        yield session;
      } finally {
        session.isOpen = false;
      }
    },
    options,
  );
const HandlerSession = session({ until: "handler" });
const ResponseSession = session({ until: "response" });

@Controller()
class Scopes {
  @Get("/function-scope")
  handlerScope(@HandlerSession() session: Session) {
    return new StreamingResponse(report(session));
  }

  @Get("/request-scope")
  responseScope(@ResponseSession() session: Session) {
    return new StreamingResponse(report(session));
  }
}

async function* report(session: Session) {
  yield `{"is_open": ${session.isOpen}}`;
}

answers(() => new App({ controllers: [Scopes] }), {
  "dep-scope-function": 'until: "handler" ends before a stream is sent',
  "dep-scope-request": 'until: "response" ends after the last byte',
});

const refusing = (options: DependencyOptions) =>
  dependency(
    {},
    function* () {
      yield undefined;
      throw new HTTPException(503, "Exception after yield");
    },
    options,
  );

@Controller("", { dependencies: [refusing({ until: "handler" })] })
class RefusedInTime {
  @Get("/router-scope-function/")
  read() {
    return { status: "ok" };
  }
}

@Controller("", { dependencies: [refusing({ until: "response" })] })
class RefusedTooLate {
  @Get("/router-scope-request/")
  read() {
    return { status: "ok" };
  }
}

answers(() => new App({ controllers: [RefusedInTime, RefusedTooLate], logger: silent }), {
  "dep-scope-function-raise-after-yield": "the end of a generator may still change the answer",
  "dep-scope-request-raise-after-yield": "what fails after the last byte is logged",
});

holds("dep-scope-invalid", "what lives until the last byte cannot need what ends with the handler", async () => {
  const Short = dependency(
    {},
    function* () {
      yield "short";
    },
    { name: "Short" },
  );
  const Long = dependency(
    { short: Short },
    function* () {
      yield "long";
    },
    { name: "Long", until: "response" },
  );
  const app = new App();
  app.get("/", { long: Long }, ({ long }) => long);
  const failure = await app.boot().catch((error: unknown) => error);
  assert.match(String(failure), /Long lives until the response was sent, and needs Short, which ends/);
});

const Original = dependency({ q: Query(z.string()) }, ({ q }): Record<string, unknown> => ({ original: q }));

@Controller()
class Overridden {
  @Get("/o", { response: z.record(z.string(), z.int()) })
  read(@Original() value: Record<string, any>) {
    return value;
  }
}

answers(
  () => {
    const app = new App({ controllers: [Overridden] });
    app.override(Original, () => ({ fixed: 1 }));
    return app;
  },
  { "dep-override-simple": "what replaces a dependency does not need its parameters" },
);

answers(
  () => {
    const app = new App({ controllers: [Overridden] });
    app.override(
      Original,
      dependency({ k: Query(z.int()) }, ({ k }): Record<string, unknown> => ({ k })),
    );
    return app;
  },
  {
    "dep-override-own-params": "what replaces a dependency has parameters of its own",
    "dep-override-own-params-missing": "the parameters of what replaces a dependency are checked",
  },
);

test.run();
