import { test } from "uvu";
import * as assert from "uvu/assert";
import { TestClient, type Application, type TestClientOptions } from "../src/index.ts";
import { createApplication } from "./server.ts";

/** Sets the lines it is given as JSON in the body, and answers the `Cookie` header that it received. */
function createCookieEcho(): Application {
  return createApplication(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += String(chunk);
    if (body !== "") response.setHeader("set-cookie", JSON.parse(body) as string[]);
    response.end(request.headers.cookie ?? "");
  });
}

const open = (options?: TestClientOptions) => TestClient.open(createCookieEcho(), options);

test("cookies that a response sets are sent with the next request", async () => {
  await using client = await open();
  const response = await client.post("/", { json: ["theme=dark; Max-Age=60; SameSite=Lax", "lang=fr"] });
  assert.equal(
    response.cookies.map(({ name, value, maxAge }) => [name, value, maxAge]),
    [
      ["theme", "dark", 60],
      ["lang", "fr", undefined],
    ],
  );
  assert.is((await client.get("/")).text(), "theme=dark; lang=fr");
});

test("the jar shows a cookie with its attributes", async () => {
  await using client = await open();
  await client.post("/", { json: ["sid=a%20b; Path=/; Max-Age=60; HttpOnly; SameSite=Strict; Priority=High"] });
  const { value, maxAge, path, domain, hostOnly, httpOnly, secure, sameSite, priority } = client.cookies.get("sid") ?? {};
  assert.equal([value, maxAge, path, domain, hostOnly], ["a%20b", 60, "/", "127.0.0.1", true]);
  assert.equal([httpOnly, secure, sameSite, priority], [true, false, "strict", "high"]);
});

test("a cookie goes only to its path, the longer path first (RFC 6265 §5.4)", async () => {
  await using client = await open();
  await client.post("/", { json: ["a=root; Path=/", "a=admin; Path=/admin", "b=1; Path=/admin"] });
  assert.is((await client.get("/")).text(), "a=root");
  assert.is((await client.get("/admin/users")).text(), "a=admin; b=1; a=root");
  assert.is((await client.get("/administrator")).text(), "a=root");
  assert.is(client.cookies.get("a")?.value, "admin");
});

test("a cookie without a path belongs to the folder of the request (RFC 6265 §5.1.4)", async () => {
  await using client = await open();
  await client.post("/account/login", { json: ["sid=1"] });
  assert.is((await client.get("/")).text(), "");
  assert.is((await client.get("/account/profile")).text(), "sid=1");
});

test("Max-Age counts from when the cookie came, however often it is sent", async () => {
  await using client = await open();
  await client.post("/", { json: ["a=1; Max-Age=1", "b=2; Max-Age=60"] });
  const until = Date.now() + 1100;
  while (Date.now() < until) await client.get("/");
  assert.is((await client.get("/")).text(), "b=2");
  assert.is(client.cookies.get("a"), undefined);
});

test("Max-Age=0 and a past Expires delete", async () => {
  await using client = await open();
  await client.post("/", { json: ["a=1", "b=2"] });
  await client.post("/", { json: ["a=; Max-Age=0", "b=; Expires=Thu, 01 Jan 1970 00:00:00 GMT"] });
  assert.equal(client.cookies.all(), []);
});

test("a cookie that has expired is neither sent nor shown", async () => {
  await using client = await open();
  await client.post("/", { json: ["a=1; Max-Age=3600"] });
  assert.is((await client.get("/")).text(), "a=1");
  const { now } = Date;
  Date.now = () => now() + 3_601_000;
  try {
    assert.is((await client.get("/")).text(), "");
    assert.is(client.cookies.get("a"), undefined);
  } finally {
    Date.now = now;
  }
});

test("a Domain reaches subdomains, a foreign one is dropped, and a host-only cookie stays at home", async () => {
  await using client = await open({ baseUrl: "http://shop.test" });
  await client.post("/", { json: ["wide=1; Domain=shop.test", "own=2", "evil=3; Domain=bank.test"] });
  assert.is((await client.get("/")).text(), "wide=1; own=2");
  assert.is((await client.get("http://api.shop.test/")).text(), "wide=1");
});

test("Secure cookies are kept off http", async () => {
  await using client = await open();
  const response = await client.post("/", { json: ["sid=1; Secure", "__Host-cart=2; Secure; Path=/"] });
  assert.is(response.cookies.length, 2);
  assert.equal(client.cookies.all(), []);
});

test("secureContext treats loopback as browsers do, and https needs nothing", async () => {
  for (const options of [{ secureContext: true }, { baseUrl: "https://shop.test" }]) {
    await using client = await open(options);
    await client.post("/", { json: ["__Host-cart=2; Secure; Path=/"] });
    assert.is((await client.get("/")).text(), "__Host-cart=2");
  }
});

test("a prefix whose rule is broken is dropped (RFC 6265bis §4.1.3)", async () => {
  await using client = await open({ secureContext: true });
  await client.post("/", { json: ["__Host-a=1; Path=/", "__Host-b=2; Secure; Path=/x", "__Secure-c=3"] });
  assert.equal(client.cookies.all(), []);
});

test("the test can set, delete and clear", async () => {
  await using client = await open();
  client.cookies.set("sid", "forged", { maxAge: 60 });
  client.cookies.set("theme", "dark");
  client.cookies.set("lang", "fr");
  client.cookies.delete("lang");
  assert.is((await client.get("/any/path")).text(), "sid=forged; theme=dark");
  client.cookies.clear();
  assert.is((await client.get("/")).text(), "");
});

test("a cookie that the jar would drop is an error when the test sets it", async () => {
  await using client = await open();
  assert.throws(() => client.cookies.set("a", "1", { domain: "bank.test" }), /domain/i);
  assert.throws(() => client.cookies.set("a", "1", { secure: true }), /secure/i);
});

test("cookies of one request stand before the jar's and are not kept; a Cookie header of the test's is sent alone", async () => {
  await using client = await open();
  client.cookies.set("a", "jar");
  client.cookies.set("b", "jar");
  assert.is((await client.get("/", { cookies: { b: "once" } })).text(), "b=once; a=jar");
  assert.is((await client.get("/", { headers: { Cookie: 'raw="1"; raw=2' } })).text(), 'raw="1"; raw=2');
  assert.is((await client.get("/")).text(), "a=jar; b=jar");
});

test("two clients of one application share nothing", async () => {
  const app = createCookieEcho();
  await using one = await TestClient.open(app);
  await using other = await TestClient.open(app);
  one.cookies.set("sid", "1");
  assert.is((await other.get("/")).text(), "");
});

test.run();
