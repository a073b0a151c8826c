import { Consent, cookieConsent, defineCookie, Request, Response } from "@madeleine/http";
import { TestClient } from "@madeleine/testing";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { z } from "zod";
import { BootError, Cookie, Query } from "../src/index.ts";
import { createApp } from "./harness.ts";

const Visitor = defineCookie("visitor", z.string().optional(), { category: "analytics", maxAge: 3600 });
const Campaign = defineCookie("campaign", z.string().default("none"), { category: "marketing", path: "/" });
const Theme = defineCookie("theme", z.string().default("light"));

const rules = { categories: ["analytics", "marketing"] };
const Names = z.array(z.string()).default([]);

/** An application that asks for consent, and sets and reads a cookie of each kind. */
function site(consent = cookieConsent(rules)) {
  const { app, log } = createApp({ consent });
  app.get("/", { visitor: Cookie(Visitor), campaign: Cookie(Campaign), theme: Cookie(Theme), consent: Consent }, (needs) => {
    const { consent: given, ...cookies } = needs;
    return { ...cookies, visitor: cookies.visitor ?? null, asked: given.asked, analytics: given.has("analytics") };
  });
  app.post("/visit", { response: Response }, ({ response }) => {
    response.setCookie(Visitor, "v1").setCookie(Campaign, "spring").setCookie(Theme, "dark");
    return null;
  });
  app.post(
    "/grant",
    { names: Query("name", Names), consent: Consent, request: Request },
    ({ names, consent: given, request }) => {
      given.grant(...names);
      return request.cookies.get(Visitor) ?? null;
    },
  );
  app.post(
    "/withdraw",
    { names: Query("name", Names), consent: Consent, request: Request },
    ({ names, consent: given, request }) => {
      given.withdraw(...names);
      return request.cookies.get(Visitor) ?? null;
    },
  );
  return { app, log };
}

const names = (cookies: readonly { name: string; maxAge?: number | undefined }[]) =>
  cookies.map(({ name, maxAge }) => (maxAge === 0 ? `-${name}` : name)).sort();

test("without consent a cookie of a category is not sent, and the essential ones are", async () => {
  await using client = await TestClient.open(site().app);
  assert.equal(names((await client.post("/visit")).cookies), ["theme"]);
});

test("without consent a cookie of a category reads as absent, and one that is there is deleted", async () => {
  await using client = await TestClient.open(site().app);
  const response = await client.get("/", { cookies: { visitor: "v0", campaign: "old", theme: "dark" } });
  assert.equal(response.json(), { visitor: null, campaign: "none", theme: "dark", asked: false, analytics: false });
  assert.equal(names(response.cookies), ["-campaign", "-visitor"]);
});

test("a granted category is sent and read, also by the request that grants it, and no other one", async () => {
  await using client = await TestClient.open(site().app);
  const granted = await client.post("/grant?name=analytics", { cookies: { visitor: "v0" } });
  assert.is(granted.json(), "v0");
  assert.equal(names(granted.cookies), ["cookie_consent"]);
  assert.is(client.cookies.get("cookie_consent")?.value, "1:analytics");
  assert.equal(names((await client.post("/visit")).cookies), ["theme", "visitor"]);
  assert.equal((await client.get("/")).json(), {
    visitor: "v1",
    campaign: "none",
    theme: "dark",
    asked: true,
    analytics: true,
  });
});

test("granting adds to what was granted; granting nothing is an answer, too, and grants nothing", async () => {
  await using client = await TestClient.open(site().app);
  await client.post("/grant");
  assert.is(client.cookies.get("cookie_consent")?.value, "1:");
  assert.is((await client.get("/")).json<{ asked: boolean }>().asked, true);
  await client.post("/grant?name=marketing");
  await client.post("/grant?name=analytics");
  assert.is(client.cookies.get("cookie_consent")?.value, "1:analytics.marketing");
});

test("withdrawing a category deletes its cookies, wherever the definitions say they are, and leaves the others", async () => {
  await using client = await TestClient.open(site().app);
  await client.post("/grant?name=analytics&name=marketing");
  await client.post("/visit");
  const response = await client.post("/withdraw?name=analytics");
  assert.is(response.json(), null, "at once");
  assert.equal(
    names(response.cookies).filter((name) => !name.includes("campaign")),
    ["-visitor", "cookie_consent"],
  );
  assert.equal(
    client.cookies
      .all()
      .map(({ name }) => name)
      .sort(),
    ["campaign", "cookie_consent", "theme"],
  );
  await client.post("/withdraw");
  assert.equal(
    client.cookies
      .all()
      .map(({ name }) => name)
      .sort(),
    ["cookie_consent", "theme"],
  );
});

test("another version asks again", async () => {
  const before = site();
  const after = site(cookieConsent({ ...rules, version: 2 }));
  await using old = await TestClient.open(before.app);
  await old.post("/grant?name=analytics");
  const cookies = { cookie_consent: old.cookies.get("cookie_consent")?.value ?? "", visitor: "v1" };
  await using client = await TestClient.open(after.app);
  const answer = (await client.get("/", { cookies })).json<{ asked: boolean; visitor: string | null }>();
  assert.equal([answer.asked, answer.visitor], [false, null]);
});

test("Sec-GPC: 1 is a refusal, unless the visitor granted a category here", async () => {
  await using client = await TestClient.open(site().app);
  const headers = { "sec-gpc": "1" };
  const refused = (await client.get("/", { headers })).json<{ asked: boolean; analytics: boolean }>();
  assert.equal([refused.asked, refused.analytics], [true, false]);
  assert.equal(names((await client.post("/visit", { headers })).cookies), ["theme"]);
  await client.post("/grant?name=analytics", { headers });
  assert.is((await client.get("/", { headers })).json<{ analytics: boolean }>().analytics, true);
  assert.is((await client.get("/", { headers: { "sec-gpc": "0" } })).json<{ asked: boolean }>().asked, true);
});

for (const cookie_consent of [
  "",
  "1",
  "yes",
  "1:everything",
  "analytics",
  "2:analytics",
  "1:Analytics",
  "1:analyticsmarketing",
]) {
  test(`the answer ${JSON.stringify(cookie_consent)} grants nothing`, async () => {
    await using client = await TestClient.open(site().app);
    assert.is((await client.get("/", { cookies: { cookie_consent } })).json<{ analytics: boolean }>().analytics, false);
  });
}

test("the answer is kept for half a year in a cookie that scripts cannot read, or as it is told", async () => {
  await using client = await TestClient.open(site().app);
  const { cookies } = await client.post("/grant?name=analytics");
  assert.equal([cookies[0]?.maxAge, cookies[0]?.httpOnly, cookies[0]?.path], [15_552_000, true, "/"]);
  await using other = await TestClient.open(site(cookieConsent({ ...rules, cookie: "answer", maxAge: 60 })).app);
  const [answer] = (await other.post("/grant?name=analytics")).cookies;
  assert.equal([answer?.name, answer?.maxAge], ["answer", 60]);
});

test("an unknown category is a bug that names the known ones", async () => {
  const { app, log } = site();
  await using client = await TestClient.open(app);
  assert.is((await client.post("/grant?name=spying")).status, 500);
  assert.match(
    (log.entries[0]!.details["err"] as Error).message,
    'there is no category "spying" to consent to. mend: one of analytics, marketing',
  );
});

test("a cookie of a category that only a handler sets, in an application that asks nobody, is a 500 that says so", async () => {
  const { app, log } = createApp();
  app.get("/", { response: Response }, ({ response }) => {
    response.setCookie(Visitor, "v1");
    return "never";
  });
  await using client = await TestClient.open(app);
  const response = await client.get("/");
  assert.is(response.status, 500);
  assert.equal(response.cookies, []);
  assert.match((log.entries[0]!.details["err"] as Error).message, /COOKIE_CATEGORY/);
});

test("Consent in an application that asks nobody is a boot error", async () => {
  const { app } = createApp();
  app.get("/", { consent: Consent }, ({ consent }) => consent.asked);
  try {
    await app.boot();
  } catch (error) {
    assert.equal(
      (error as BootError).problems.map(({ code }) => code),
      ["MISSING_CONSENT"],
    );
    return;
  }
  assert.unreachable();
});

test("a definition whose schema demands a value cannot need consent", () => {
  assert.throws(
    () => defineCookie("v", z.string() as z.ZodType as z.ZodOptional<z.ZodString>, { category: "analytics" }),
    /its schema demands a value.*make the schema \.optional\(\) or \.default\(…\)/,
  );
});

test("a category or version that the cookie could not hold is refused", () => {
  for (const category of ["a b", "a.b", "", "é"])
    assert.throws(() => cookieConsent({ categories: [category] }), /no category or version/);
  assert.throws(() => cookieConsent({ ...rules, version: "1:2" }), /no category or version/);
  assert.throws(() => cookieConsent({ ...rules, cookie: "a b" }), /COOKIE_NAME/);
});

test.run();
