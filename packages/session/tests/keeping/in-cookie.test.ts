import { App, BootError, Query, type AppOptions } from "@madeleine/core";
import { cookieStore, csrf, csrfToken, defineSession } from "@madeleine/session";
import { TestClient } from "@madeleine/testing";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { z } from "zod";
import { createApp, secret, setClock } from "../harness.ts";

const newerSecret = "pT8wX2cV6bN0mK4jH7gF1dS5aQ9zL3eR";

function createShop(options: AppOptions & { rolling?: boolean; absoluteMaxAge?: number; cookie?: string } = {}) {
  const { rolling, absoluteMaxAge, cookie = "sid", ...rest } = options;
  const { app, log } = createApp({ secrets: [secret], ...rest });
  const Login = defineSession({
    cookie: cookie as "sid",
    data: z.object({ username: z.string().optional(), note: z.string().optional() }),
    maxAge: 1800,
    store: cookieStore(),
    rolling,
    absoluteMaxAge,
  });
  app.get("/read", { session: Login }, ({ session }) => session.data.username ?? null);
  app.post("/login", { session: Login, name: Query(z.string()) }, async ({ session, name }) => {
    await session.regenerate();
    session.data.username = name;
    return null;
  });
  app.post("/remember", { session: Login }, ({ session }) => {
    session.rememberFor(86_400);
    return null;
  });
  app.post("/note", { session: Login, length: Query(z.number()) }, ({ session, length }) => {
    session.data.note = "x".repeat(length);
    return null;
  });
  app.post("/logout", { session: Login }, async ({ session }) => {
    await session.destroy();
    return null;
  });
  return { app, log, Login };
}

/** The cookie of a login, as it is sent. */
async function logIn(app: App, name = "ada"): Promise<string> {
  await using client = await TestClient.open(app);
  const [cookie] = (await client.post("/login", { query: { name } })).cookies;
  return cookie?.value ?? "";
}

async function whoIs(app: App, sid: string): Promise<string | null> {
  await using client = await TestClient.open(app);
  return (await client.get("/read", { headers: { cookie: `sid=${sid}` } })).json();
}

test("the data is in the cookie, and nobody can read it there", async () => {
  const sid = await logIn(createShop().app);
  assert.is(await whoIs(createShop().app, sid), "ada", "by another process, too");
  assert.not.match(Buffer.from(sid, "base64url").toString("latin1"), "ada");
});

test("CK-19: a cookie that was changed anywhere, cut, or moved to another session is a new session and a line in the log, never an error", async () => {
  const { app, log } = createShop();
  const sid = await logIn(app);
  await using client = await TestClient.open(app);
  const flipped = Array.from(
    { length: sid.length },
    (_, at) => sid.slice(0, at) + (sid[at] === "A" ? "B" : "A") + sid.slice(at + 1),
  );
  const moved = await logIn(createShop({ cookie: "admin" }).app);
  const stranger = await logIn(createShop({ secrets: [newerSecret] }).app);
  for (const bad of [...flipped, sid.slice(0, -1), sid.slice(0, 40), `${sid}A`, "", ".", moved, stranger]) {
    const response = await client.get("/read", { headers: { cookie: `sid=${bad}` } });
    assert.equal([response.status, response.json(), response.cookies.length], [200, null, 0], bad);
  }
  assert.match(log.messages[0] ?? "", 'warn: the cookie "sid" is not genuine');
  assert.ok(log.messages.length < 10, "one line a second, whoever sends how much");
  assert.ok(log.messages.every((message) => !message.includes(sid.slice(0, 20))));
});

test("CK-15: of several cookies of the name the one that is genuine counts", async () => {
  const { app } = createShop();
  const sid = await logIn(app);
  assert.is(await whoIs(app, `tossed; sid=${sid}`), "ada");
});

test("an older secret still opens, and the cookie is sent anew under the newest, with the time that it had left", async () => {
  const { app: before } = createShop();
  const { app: during } = createShop({ secrets: [newerSecret, secret] });
  const { app: after } = createShop({ secrets: [newerSecret] });
  const sid = await logIn(before);
  await using client = await TestClient.open(during);
  const response = await client.get("/read", { cookies: { sid } });
  assert.is(response.json(), "ada");
  const [renewed] = response.cookies;
  assert.equal([renewed?.name, renewed?.httpOnly, renewed?.maxAge], ["sid", true, undefined]);
  assert.is(await whoIs(after, renewed?.value ?? ""), "ada");
  assert.is(await whoIs(after, sid), null);
  assert.equal((await client.get("/read", { cookies: { sid: renewed?.value ?? "" } })).cookies, []);
});

test("a lasting cookie under an older secret stays lasting; one that its request ends is ended", async () => {
  const { app: before } = createShop();
  const { app: during } = createShop({ secrets: [newerSecret, secret] });
  await using one = await TestClient.open(before);
  await one.post("/login?name=ada");
  await one.post("/remember");
  const sid = one.cookies.get("sid")?.value ?? "";
  await using two = await TestClient.open(during);
  assert.is((await two.get("/read", { cookies: { sid } })).cookies[0]?.maxAge, 86_400);
  const [ended] = (await two.post("/logout", { cookies: { sid } })).cookies;
  assert.equal([ended?.value, ended?.maxAge], ["", 0]);
});

test("data that does not fit is an error with the session's name and the size, before anything is sent", async () => {
  const { app, log } = createShop();
  await using client = await TestClient.open(app);
  assert.is((await client.post("/note?length=2700")).status, 200);
  assert.ok((client.cookies.get("sid")?.value.length ?? 0) < 4096);
  const response = await client.post("/note?length=3500");
  assert.equal([response.status, response.cookies], [500, []]);
  assert.is(log.messages.length, 1);
  assert.match(
    String(log.details[0]?.["err"]),
    /SessionDataError: The data of session "sid" does not fit into its cookie\. .*it has \d{4} bytes/,
  );
});

test("SE-05: a copy that somebody kept ends when its last use is too long ago, or its beginning", async () => {
  const { app } = createShop({ rolling: true, absoluteMaxAge: 3600 });
  await using client = await TestClient.open(app);
  const sid = await logIn(app);
  using clock = setClock(1_700_000);
  const rolled = (await client.get("/read", { cookies: { sid } })).cookies[0]?.value ?? "";
  clock.shift(200_000);
  assert.is(await whoIs(app, sid), null, "the copy has the time of its own last use");
  assert.is(await whoIs(app, rolled), "ada");
  clock.shift(1_400_000);
  const last = (await client.get("/read", { cookies: { sid: rolled } })).cookies[0]?.value ?? "";
  clock.shift(301_000);
  assert.is(await whoIs(app, last), null, "the absolute end is in it, too");
});

test("SE-12: a cookie from the future is no session while the clock is behind it, however often it is sent", async () => {
  const { app, log } = createShop({ rolling: true });
  const sid = await logIn(app);
  using clock = setClock(-3_600_000);
  assert.is(await whoIs(app, sid), null);
  assert.match(log.messages[0] ?? "", "was sealed by a clock that is ahead");
  clock.shift(3_595_000);
  assert.is(await whoIs(app, sid), "ada", "machines may differ by seconds");
});

test("rolling: the cookie is sent anew at most ten times in the idle time", async () => {
  const { app } = createShop({ rolling: true });
  await using client = await TestClient.open(app);
  await client.post("/login?name=ada");
  assert.is((await client.get("/read")).cookies.length, 0);
  using _clock = setClock(181_000);
  assert.is((await client.get("/read")).cookies.length, 1);
  assert.is((await client.get("/read")).cookies.length, 0);
});

test("what it cannot do: end after the response, which is an error", async () => {
  const { app, Login } = createShop();
  let late: Promise<unknown> = Promise.resolve();
  app.get("/late", { session: Login }, ({ session }) => {
    late = new Promise((resolve) => setTimeout(() => session.destroy().then(resolve, resolve), 20));
    return null;
  });
  await using client = await TestClient.open(app);
  await client.post("/login?name=ada");
  await client.get("/late");
  assert.match(String(await late), "COOKIE_TOO_LATE");
});

test("what it cannot do: a copy of the cookie outlives a logout", async () => {
  const { app } = createShop();
  const sid = await logIn(app);
  await using client = await TestClient.open(app);
  await client.post("/logout", { cookies: { sid } });
  assert.is(await whoIs(app, sid), "ada");
});

test("an application without secrets, or with a weak one, does not boot", async () => {
  for (const [secrets, code] of [
    [undefined, "MISSING_SECRETS"],
    [["changeme"], "WEAK_SECRET"],
  ] as const) {
    const error: unknown = await createShop({ secrets })
      .app.boot()
      .catch((error: unknown) => error);
    assert.ok(error instanceof BootError);
    assert.ok(
      error.problems.some((problem) => problem.code === code),
      error.message,
    );
    assert.match(error.message, "openssl rand -base64 32");
  }
});

test("who wants to list or revoke sessions in cookies is told so, with what can", async () => {
  const data = z.object({ username: z.string().optional() });
  assert.throws(
    () =>
      defineSession({
        cookie: "sid",
        data,
        maxAge: 60,
        store: cookieStore(),
        user: (({ username }: { username?: string }) => username) as never,
      }),
    /defineSession "sid": its sessions are in cookies, and nobody knows which there are\. mend: store: redisStore\(\{ url \}\), or no user/,
  );
  const { Login } = createShop();
  for (const ask of ["listSessions", "revokeSession", "revokeUser"]) {
    const refused: unknown = await (Login as unknown as Record<string, () => Promise<unknown>>)[ask]!().catch(
      (error: unknown) => error,
    );
    assert.ok(refused instanceof TypeError);
    assert.match(refused.message, "mend: store: redisStore({ url })");
  }
});

test("CS-04: tokens are bound to what is in the cookie: they stand while the data changes, and end with a new id", async () => {
  const { app, Login } = createShop();
  const Guard = csrf({ session: Login });
  app.get("/token", { token: csrfToken(Login) }, ({ token }) => token);
  app.post(
    "/guarded",
    { dependencies: [Guard] },
    { session: Login },
    ({ session }) => (session.data.note = `${session.data.note}x`),
  );
  await using client = await TestClient.open(app);
  await client.post("/login?name=ada");
  const token = (await client.get("/token")).json<string>();
  const send = async () => (await client.post("/guarded", { headers: { "x-csrf-token": token } })).status;
  assert.equal([await send(), await send()], [200, 200]);
  await client.post("/login?name=ada");
  assert.is(await send(), 403);
});

test("CS-03: a planted cookie of the session's name makes no token valid", async () => {
  const { app, Login } = createShop();
  app.get("/token", { token: csrfToken(defineSession({ cookie: "sid", data: z.object({}), maxAge: 60 })) }, ({ token }) => token);
  app.post("/guarded", { dependencies: [csrf({ session: Login })] }, {}, () => null);
  await using client = await TestClient.open(app);
  const sid = "A".repeat(43);
  const token = (await client.get("/token", { cookies: { sid } })).json<string>();
  assert.is((await client.post("/guarded", { cookies: { sid }, headers: { "x-csrf-token": token } })).status, 403);
});

test.run();
