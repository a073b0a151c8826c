import { dependency } from "@madeleine/di";
import {
  CookieKeys,
  cookieConsent,
  defineCookie,
  HTTPException,
  JSONResponse,
  RedirectResponse,
  Response,
  StreamingResponse,
} from "@madeleine/http";
import { TestClient } from "@madeleine/testing";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { z } from "zod";
import { App, BootError, Cookie, Query, type AppOptions } from "../src/index.ts";
import { createApp, until } from "./harness.ts";

const newest = "PgB5Wr4MYqn0n8oL3vHk1cZt7uXeDs2JfGaQiKyT9RU=";
const older = "hT0vJ8x1KqYw5zBn3LmR7uCsE2oDgXfA9iPkQjZt6Wc=";

const User = defineCookie("user", z.string().optional(), { signed: true, maxAge: 3600 });
const Cart = defineCookie("cart", z.object({ items: z.array(z.string()) }).optional(), { encrypted: true });
const Required = defineCookie("required", z.string(), { signed: true });

/** An application that signs in, says who is signed in, and keeps a cart. */
function shop(options: AppOptions = {}) {
  const { app, log } = createApp({ secrets: [newest], ...options });
  app.post("/login", { name: Query(z.string()), response: Response }, ({ name, response }) => {
    response.setCookie(User, name);
    return null;
  });
  app.get("/me", { user: Cookie(User) }, ({ user }) => user ?? null);
  app.get("/required", { value: Cookie(Required) }, ({ value }) => value);
  app.post("/logout", { user: Cookie(User), response: Response }, ({ user, response }) => {
    response.deleteCookie(User);
    return user ?? null;
  });
  app.post("/cart", { cart: Cookie(Cart), response: Response }, ({ cart, response }) => {
    const items = [...(cart?.items ?? []), "madeleine"];
    response.setCookie(Cart, { items });
    return items;
  });
  return { app, log };
}

test("a signed cookie comes back as it was set, and an encrypted one is not to be read on the way", async () => {
  await using client = await TestClient.open(shop().app);
  await client.post("/login?name=ada");
  assert.is((await client.get("/me")).json(), "ada");
  assert.match(client.cookies.get("user")?.value ?? "", ".ada.");
  await client.post("/cart");
  assert.equal((await client.post("/cart")).json(), ["madeleine", "madeleine"]);
  assert.not.match(client.cookies.get("cart")?.value ?? "", "madeleine");
});

test("a lifetime that looks like milliseconds is warned of at boot, once for each cookie that is read", async () => {
  const told = async (maxAge: number, consentMaxAge: number) => {
    const { app, log } = createApp({ consent: cookieConsent({ categories: ["taste"], maxAge: consentMaxAge }) });
    const Theme = defineCookie("theme", z.string().optional(), { maxAge });
    for (const path of ["/a", "/b"] as const) app.get(path, { theme: Cookie(Theme) }, () => null);
    await app.boot();
    await app.close();
    return log;
  };
  const { messages, entries } = await told(3_600_000, 900_000);
  assert.equal(messages, [
    'cookie "theme": maxAge is 3600000 seconds, which are 41.7 days; as milliseconds it would be 60 minutes',
    'cookie "cookie_consent": maxAge is 900000 seconds, which are 10.4 days; as milliseconds it would be 15 minutes',
  ]);
  assert.equal(entries[0]?.level, "warn");
  assert.equal(entries[0]?.details, { code: "LIKELY_MILLISECONDS", mend: "maxAge: 3600, unless so many days are meant" });
  for (const days of [0, 1, 7, 14, 30, 90, 180, 365, 400])
    assert.equal((await told(days * 86_400, 86_400)).messages, [], `${days} days`);
  assert.equal((await told(-1, 604_800)).messages, []);
});

test("CK-19: a tampered cookie reads as absent, and is a 422 missing where the schema demands a value", async () => {
  await using client = await TestClient.open(shop().app);
  for (const user of ["ada", "", "x.ada.y", "%", "EdtpAABrNuyA.ada._EalKE8GKg2k45m-869fMk8DJUS07-uqhlfQ_K0uORQ"]) {
    assert.is((await client.get("/me", { cookies: { user } })).json(), null);
  }
  const response = await client.get("/required", { cookies: { required: "forged" } });
  assert.is(response.status, 422);
  assert.equal(response.json(), {
    detail: [{ type: "missing", loc: ["cookie", "required"], msg: "Field required", input: null }],
  });
});

test("CK-19: a forged cookie is told to the logger, without its value and once a second; an absent one and a genuine one are not", async () => {
  const { app, log } = shop();
  await using client = await TestClient.open(app);
  await client.get("/me");
  await client.post("/login?name=ada");
  await client.get("/me");
  assert.equal(log.messages, []);
  for (let times = 0; times < 20; times++) await client.get("/me", { cookies: { user: "forged.by.me" } });
  assert.match(log.messages[0] ?? "", /^the cookie "user" is not genuine: it was changed/);
  assert.ok(log.messages.length < 10 && log.messages.every((message) => !message.includes("forged.by.me")));
});

test("CK-15: a cookie that a sibling domain has tossed in front does not hide the genuine one", async () => {
  await using client = await TestClient.open(shop().app);
  await client.post("/login?name=victim");
  const genuine = client.cookies.get("user")?.value ?? "";
  const response = await client.get("/me", { headers: { cookie: `user=attacker; user=${genuine}` } });
  assert.is(response.json(), "victim");
});

test("CK-22: a signed cookie is signed on every answer: a value, a response, a redirect, an error, a 422", async () => {
  const { app } = createApp({ secrets: [newest] });
  const signIn = dependency({ response: Response }, ({ response }) => void response.setCookie(User, "ada"));
  const dependencies = [signIn];
  app.get("/value", { dependencies }, {}, () => 1);
  app.get("/returned", () => new JSONResponse(1).setCookie(User, "ada"));
  app.get("/redirect", { dependencies }, {}, () => new RedirectResponse("/value"));
  app.get("/thrown", { dependencies }, {}, () => {
    throw new HTTPException(403);
  });
  app.get("/bug", { dependencies }, {}, (): string => {
    throw new Error("a bug");
  });
  app.get("/invalid", { dependencies }, { page: Query(z.int()) }, ({ page }) => page);
  app.get("/web", { dependencies }, {}, () => new globalThis.Response("web"));
  app.get("/stream", { dependencies }, {}, () => new StreamingResponse(["a", "b"]));
  await using client = await TestClient.open(app, { redirects: false });
  for (const path of ["/value", "/returned", "/redirect", "/thrown", "/bug", "/invalid", "/web", "/stream"]) {
    const response = await client.get(path);
    assert.is(response.cookies.length, 1, path);
    assert.match(response.cookies[0]?.value ?? "", /^[\w-]{12}\.ada\.[\w-]{43}$/, path);
  }
});

test("a cookie under an older secret still counts, and is set anew once, whatever the answer is", async () => {
  const before = new CookieKeys([older]).seal("signed", "user", "ada", 0);
  const { app } = shop({ secrets: [newest, older] });
  await using client = await TestClient.open(app);
  client.cookies.set("user", before);
  const response = await client.get("/me");
  assert.is(response.json(), "ada");
  assert.is(response.cookies.length, 1);
  assert.equal(
    [response.cookies[0]?.httpOnly, response.cookies[0]?.maxAge],
    [true, undefined],
    "of the browser's session it stays",
  );
  const again = await client.get("/me");
  assert.is(again.json(), "ada");
  assert.equal(again.cookies, []);
});

test("a cookie under an older secret that the handler sets or deletes itself is not set anew", async () => {
  const before = new CookieKeys([older]).seal("signed", "user", "ada", 0);
  await using client = await TestClient.open(shop({ secrets: [newest, older] }).app);
  const response = await client.post("/logout", { cookies: { user: before } });
  assert.is(response.json(), "ada");
  assert.equal(
    response.cookies.map(({ name, value, maxAge }) => [name, value, maxAge]),
    [["user", "", 0]],
  );
});

test("secrets that are missing where a route reads a sealed cookie are a boot error", async () => {
  const problems = await problemsOf(shop({ secrets: undefined }).app);
  assert.equal(
    problems.map(({ code }) => code),
    ["MISSING_SECRETS", "MISSING_SECRETS", "MISSING_SECRETS"],
  );
  assert.is(problems[0]?.what, 'GET /me reads the cookie "user", which is signed, and the application has no secrets.');
  assert.match(problems[0]?.mend ?? "", "openssl rand -base64 32");
  assert.equal((await problemsOf(shop({ secrets: [] }).app)).length, 3);
});

for (const secret of ["changeme", "kX9vQ2mZ", "a".repeat(40), undefined]) {
  test(`the secret ${JSON.stringify(secret)} is a boot error that does not show it`, async () => {
    const problems = await problemsOf(shop({ secrets: [secret] }).app);
    assert.equal(
      problems.map(({ code }) => code),
      ["WEAK_SECRET"],
    );
    assert.match(problems[0]?.what ?? "", /^secrets\[0\] of the application /);
    assert.not.match(JSON.stringify(problems), secret ?? "nothing to show");
  });
}

test("an older secret that is not there any more is left out", async () => {
  await using client = await TestClient.open(shop({ secrets: [newest, undefined] }).app);
  assert.is((await client.get("/me")).status, 200);
});

test("CK-22: a sealed cookie that only a handler sets, without secrets, is a 500 that says why in the log and sends nothing plain", async () => {
  const { app, log } = createApp();
  app.get("/", { response: Response }, ({ response }) => {
    response.setCookie("kept", "1").setCookie(User, "hidden");
    return "never";
  });
  app.get("/returned", () => new JSONResponse("never").setCookie(User, "hidden"));
  await using client = await TestClient.open(app);
  for (const path of ["/", "/returned"]) {
    const response = await client.get(path);
    assert.is(response.status, 500);
    assert.equal(
      response.cookies.map(({ name }) => name),
      path === "/" ? ["kept"] : [],
    );
    assert.match(String((log.entries.at(-1)!.details["err"] as Error).message), /no secrets\. mend: new App\(\{ secrets/);
  }
});

test("the value that a route cannot read any more is deleted, where the definition says so", async () => {
  const Tidy = defineCookie("n", z.int().default(1), { cleanup: true });
  const { app } = createApp();
  app.get("/", { n: Cookie(Tidy) }, ({ n }) => n);
  await using client = await TestClient.open(app);
  const response = await client.get("/", { cookies: { n: "five" } });
  assert.is(response.json(), 1);
  assert.equal(
    response.cookies.map(({ name, maxAge }) => [name, maxAge]),
    [["n", 0]],
  );
});

test("secure: auto follows the scheme that a trusted proxy names", async () => {
  const { app } = shop({ trustProxy: true });
  await using client = await TestClient.open(app);
  const secure = async (proto: string) =>
    (await client.post("/login?name=ada", { headers: { "x-forwarded-proto": proto } })).cookies[0]?.secure;
  assert.equal([await secure("https"), await secure("http")], [true, false]);
  await using distrusting = await TestClient.open(shop().app);
  const response = await distrusting.post("/login?name=ada", { headers: { "x-forwarded-proto": "https" } });
  assert.is(response.cookies[0]?.secure, false);
});

test("CK-24: a response that sets a cookie is kept by no shared cache, unless it says so", async () => {
  const { app } = createApp();
  const answer = (cacheControl?: string, status = 200) => {
    const response = new Response(status === 304 ? null : "x", { status }).setCookie("a", "1");
    if (cacheControl !== undefined) response.headers.set("cache-control", cacheControl);
    return response;
  };
  app.get("/", () => answer());
  app.get("/aged", () => answer("max-age=60"));
  app.get("/public", () => answer("public, max-age=60"));
  app.get("/shared", () => answer("s-maxage=60"));
  app.get("/none", () => answer("no-store"));
  app.get("/same", () => answer(undefined, 304));
  app.get("/plain", () => "x");
  await using client = await TestClient.open(app, { cookies: false } as object);
  const said = async (path: string) => (await client.get(path)).headers.get("cache-control") ?? undefined;
  assert.equal(
    [
      await said("/"),
      await said("/aged"),
      await said("/public"),
      await said("/shared"),
      await said("/none"),
      await said("/same"),
    ],
    ["private", "max-age=60, private", "public, max-age=60", "s-maxage=60", "no-store", "private"],
  );
  assert.is(await said("/plain"), undefined);
});

test("a stream may set cookies until its first chunk; after that, and after the response, it is a clear error", async () => {
  const { app } = createApp();
  const errors: string[] = [];
  const set = (response: Response, name: string): void => {
    try {
      response.setCookie(name, "1");
    } catch (error) {
      errors.push((error as Error).message);
    }
  };
  app.get("/stream", { response: Response }, ({ response }) => {
    const chunks = async function* () {
      set(response, "early");
      yield "a";
      set(response, "late");
      yield "b";
    };
    return new StreamingResponse(chunks());
  });
  app.get("/later", { response: Response }, ({ response }) => {
    setTimeout(() => set(response, "background"), 20);
    return "done";
  });
  await using client = await TestClient.open(app);
  const response = await client.get("/stream");
  assert.is(response.text(), "ab");
  assert.equal(
    response.cookies.map(({ name }) => name),
    ["early"],
  );
  assert.equal((await client.get("/later")).cookies, []);
  await until(() => errors.length > 1);
  assert.equal(
    errors.map((message) => message.slice(0, message.indexOf(":", 10))),
    ['Cookie "late"', 'Cookie "background"'],
  );
  assert.match(errors[0] ?? "", /the response is on its way.*\[COOKIE_TOO_LATE\]$/);
});

test("in a mounted application a cookie is set anew under its own newest secret, and one that comes too late is an error", async () => {
  const { app } = createApp();
  const inner = shop({ secrets: [newest, older] }).app;
  const errors: unknown[] = [];
  inner.get("/late", { response: Response }, ({ response }) => {
    setTimeout(() => {
      try {
        response.setCookie("late", "1");
      } catch (error) {
        errors.push(error);
      }
    }, 20);
    return "done";
  });
  app.mount("/inner", inner);
  await using client = await TestClient.open(app);
  client.cookies.set("user", new CookieKeys([older]).seal("signed", "user", "ada", 0));
  const response = await client.get("/inner/me");
  assert.is(response.json(), "ada");
  assert.is(response.cookies.length, 1);
  const again = await client.get("/inner/me");
  assert.equal([again.json(), again.cookies.length], ["ada", 0]);
  await client.get("/inner/late");
  await until(() => errors.length > 0);
  assert.is(errors.length, 1);
});

test("reading a cookie never sends it", async () => {
  await using client = await TestClient.open(shop().app);
  await client.post("/login?name=ada");
  assert.equal((await client.get("/me")).cookies, []);
});

test("an unknown category, and consent that nobody asks for, are boot errors", async () => {
  const Visitor = defineCookie("visitor", z.string().optional(), { category: "statistics" });
  const { app } = createApp({ consent: cookieConsent({ categories: ["analytics"] }) });
  app.get("/", { visitor: Cookie(Visitor) }, ({ visitor }) => visitor ?? null);
  const [problem] = await problemsOf(app);
  assert.is(problem?.code, "UNKNOWN_CATEGORY");
  assert.is(
    problem?.what,
    'GET / reads the cookie "visitor", which needs consent to "statistics", and the application does not ask for it: it knows analytics.',
  );
});

async function problemsOf(app: App): Promise<BootError["problems"]> {
  try {
    await app.boot();
  } catch (error) {
    assert.instance(error, BootError);
    return (error as BootError).problems;
  }
  await app.close();
  return assert.unreachable("it booted") as never;
}

test.run();
