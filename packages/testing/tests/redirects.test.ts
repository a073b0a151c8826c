import { test } from "uvu";
import * as assert from "uvu/assert";
import { TestClient, type Application } from "../src/index.ts";
import { createApplication, type Echo } from "./server.ts";

/** `/to?status=…&location=…` redirects; everything else echoes. */
function createRedirecting(): Application {
  return createApplication(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = new URL(request.url ?? "/", "http://any.test");
    if (url.pathname !== "/to") {
      const { method, headers } = request;
      return response.end(JSON.stringify({ method, url: request.url, headers, body: Buffer.concat(chunks).toString() }));
    }
    const location = url.searchParams.get("location") ?? "/";
    response.writeHead(Number(url.searchParams.get("status") ?? 302), { location, "set-cookie": "seen=yes; Path=/" }).end();
  });
}

test("301, 302 and 303 are followed with GET and without the body (RFC 9110 §15.4)", async () => {
  await using client = await TestClient.open(createRedirecting());
  for (const status of [301, 302, 303]) {
    const response = await client.post("/to", { query: { status, location: "/next" }, json: { a: 1 } });
    const { method, headers, body } = response.json<Echo>();
    assert.equal([method, headers["content-type"], body], ["GET", undefined, ""]);
    assert.is(response.method, "GET");
  }
});

test("307 and 308 repeat the method and the body (RFC 9110 §15.4.8)", async () => {
  await using client = await TestClient.open(createRedirecting());
  for (const status of [307, 308]) {
    const response = await client.put("/to", { query: { status, location: "/next" }, json: { a: 1 } });
    const { method, url, headers, body } = response.json<Echo>();
    assert.equal([method, url, headers["content-type"], body], ["PUT", "/next", "application/json", '{"a":1}']);
  }
});

test("HEAD stays HEAD", async () => {
  await using client = await TestClient.open(createRedirecting());
  assert.is((await client.head("/to?location=/next")).method, "HEAD");
});

test("the way is told hop by hop, and a cookie set on it is sent from the next hop on", async () => {
  await using client = await TestClient.open(createRedirecting());
  const response = await client.get("/to", { query: { location: "/to?status=307&location=last" } });
  assert.equal(
    response.redirects.map(({ status, location }) => [status, location]),
    [
      [302, "/to?status=307&location=last"],
      [307, "last"],
    ],
  );
  assert.match(response.url, /\/last$/);
  assert.is(response.json<Echo>().headers.cookie, "seen=yes");
});

test("redirects are left alone by the request's or the client's wish", async () => {
  await using client = await TestClient.open(createRedirecting(), { redirects: false });
  assert.is((await client.get("/to")).status, 302);
  assert.is((await client.get("/to", { redirect: "follow" })).status, 200);
  assert.is((await client.get("/to", { redirect: "manual" })).headers.get("location"), "/");
});

test("a redirect that leaves the application is the answer: another host, another scheme", async () => {
  await using client = await TestClient.open(createRedirecting());
  for (const location of ["https://accounts.test/login", "//evil.test/", "https://127.0.0.1/"]) {
    const response = await client.get("/to", { query: { location } });
    assert.equal([response.status, response.headers.get("location")], [302, location]);
  }
});

test("a circle ends after 20 redirects with an error that names it", async () => {
  const app = createApplication((_request, response) => response.writeHead(302, { location: "/again" }).end());
  await using client = await TestClient.open(app);
  const message = await client.get("/start").then(String, String);
  assert.is(message, "Error: GET /start: more than 20 redirects, the last one to /again");
});

test("a streamed body cannot be sent again, and the error says so", async () => {
  await using client = await TestClient.open(createRedirecting());
  async function* body(): AsyncGenerator<Uint8Array> {
    yield Buffer.from("once");
  }
  const message = await client.post("/to?status=307", { body: body() }).then(String, String);
  assert.is(message, "Error: POST /to?status=307: 307 asks to send a streamed body again, which is not possible");
});

test.run();
