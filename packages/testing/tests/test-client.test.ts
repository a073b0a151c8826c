import { test } from "uvu";
import * as assert from "uvu/assert";
import { TestClient, type RequestOptions } from "../src/index.ts";
import { createApplication, createEcho, type Echo } from "./server.ts";

async function echo(method: string, path: string, options?: RequestOptions): Promise<Echo> {
  await using client = await TestClient.open(createEcho());
  return (await client.request(method, path, options)).json<Echo>();
}

async function messageOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => "no error",
    (error: unknown) => String(error),
  );
}

test("open starts the application on a free loopback port, and leaving the block closes it", async () => {
  const app = createApplication((_request, response) => response.end("hello"));
  {
    await using client = await TestClient.open(app);
    assert.match(app.url ?? "", /^http:\/\/127\.0\.0\.1:\d+$/);
    assert.is((await client.get("/")).text(), "hello");
  }
  assert.is(app.url, undefined);
});

test("an application that listens already is used as it is and left running", async () => {
  const app = createApplication((_request, response) => response.end("hello"));
  await app.listen({ port: 0, host: "127.0.0.1", signals: false, quiet: true });
  {
    await using client = await TestClient.open(app);
    assert.is((await client.get("/")).status, 200);
  }
  assert.is(app.listens, 1);
  assert.is.not(app.url, undefined);
  await app.close();
});

test("each verb sends its method", async () => {
  await using client = await TestClient.open(createEcho());
  const answers = [
    client.get("/"),
    client.post("/"),
    client.put("/"),
    client.patch("/"),
    client.delete("/"),
    client.options("/"),
  ];
  const methods = (await Promise.all(answers)).map((response) => response.json<Echo>().method);
  assert.equal(methods, ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);
  assert.is((await client.head("/")).text(), "");
});

test("a query repeats lists, leaves out undefined and joins the one that the path has", async () => {
  const { url } = await echo("GET", "/items?a=1", { query: { b: ["x y", 2], c: undefined, d: true } });
  assert.is(url, "/items?a=1&b=x+y&b=2&d=true");
});

test("a path is sent as it is written: dots and escapes are not resolved", async () => {
  assert.is((await echo("GET", "/files/../%2e%2e//etc?x=%zz")).url, "/files/../%2e%2e//etc?x=%zz");
  assert.is((await echo("GET", "//evil.test/")).url, "//evil.test/");
  assert.is((await echo("GET", "/caf\u00e9 1#fragment")).url, "/caf%C3%A9%201");
});

test("json, form and multipart bodies set their content type", async () => {
  const json = await echo("POST", "/", { json: { a: [1, null] } });
  assert.equal([json.headers["content-type"], json.body], ["application/json", '{"a":[1,null]}']);
  const form = await echo("POST", "/", { form: { name: "Marcel P.", tag: ["a", "b"] } });
  assert.equal([form.headers["content-type"], form.body], ["application/x-www-form-urlencoded", "name=Marcel+P.&tag=a&tag=b"]);
  const multipart = await echo("POST", "/", {
    multipart: { note: "hi", upload: new File(["bytes"], "a.txt", { type: "text/plain" }) },
  });
  assert.match(multipart.headers["content-type"] ?? "", /^multipart\/form-data; boundary=/);
  assert.match(multipart.body, /name="note"\r\n\r\nhi\r\n/);
  assert.match(multipart.body, /name="upload"; filename="a\.txt"\r\nContent-Type: text\/plain\r\n\r\nbytes\r\n/);
});

test("a raw body is text, bytes or a stream, and its headers are the test's", async () => {
  const text = await echo("POST", "/", { body: "<a/>", headers: { "Content-Type": "text/xml" } });
  assert.equal([text.headers["content-type"], text.body], ["text/xml", "<a/>"]);
  assert.is((await echo("PUT", "/", { body: Buffer.from("bytes") })).body, "bytes");
  const stream = await echo("POST", "/", { body: chunks("one ", "two") });
  assert.equal([stream.headers["transfer-encoding"], stream.body], ["chunked", "one two"]);
});

async function* chunks(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}

test("a request's headers replace the client's, undefined removes them, a list becomes lines", async () => {
  await using client = await TestClient.open(createEcho(), { headers: { Accept: "text/html", "X-Trace": "1" } });
  const response = await client.get("/", { headers: { accept: undefined, "x-trace": ["2", "3"] } });
  const { rawHeaders, headers } = response.json<Echo>();
  assert.is(headers.accept, undefined);
  assert.equal(
    rawHeaders.filter((_, index) => rawHeaders[index - 1] === "x-trace"),
    ["2", "3"],
  );
});

test("baseUrl decides Host while the socket stays local", async () => {
  await using client = await TestClient.open(createEcho(), { baseUrl: "http://shop.test" });
  assert.is((await client.get("/")).json<Echo>().headers.host, "shop.test");
  assert.is((await client.get("http://api.shop.test/")).json<Echo>().headers.host, "api.shop.test");
});

test("a response is read whole: status, headers, text, bytes, and its URL", async () => {
  const app = createApplication((_request, response) => {
    response.writeHead(418, { "content-type": "text/plain", "set-cookie": ["a=1", "b=2"], vary: "Cookie, Accept" });
    response.end("th\u00e9");
  });
  await using client = await TestClient.open(app);
  const response = await client.get("/tea?x=1");
  assert.is(response.status, 418);
  assert.is(response.text(), "th\u00e9");
  assert.is(response.bytes().length, 4);
  assert.is(response.headers.get("vary"), "Cookie, Accept");
  assert.equal(response.headers.getSetCookie(), ["a=1", "b=2"]);
  assert.is(response.url, `${app.url}/tea?x=1`);
});

test("a body that is not JSON is an error that shows the request and how the body begins", async () => {
  await using client = await TestClient.open(createApplication((_request, response) => response.end("<html>")));
  const response = await client.get("/page");
  assert.throws(() => response.json(), /^GET http:.*\/page answered 200 \(no content type\), which is not JSON: "<html>"$/);
});

test("errors begin with the request", async () => {
  await using client = await TestClient.open(createApplication((request) => request.socket.destroy()));
  assert.match(await messageOf(client.post("/orders")), /^Error: POST \/orders: other side closed/);
  assert.match(await messageOf(client.get("orders")), /^Error: GET orders: a path starts with "\/": "orders"$/);
  assert.match(await messageOf(client.get("http://other.test/")), /http:\/\/other\.test is not http:\/\/127\.0\.0\.1:\d+, where/);
});

test("a signal breaks the request off with its own reason", async () => {
  await using client = await TestClient.open(createApplication(() => {}));
  const reason = new Error("the user closed the page");
  const signal = new AbortController();
  setTimeout(() => signal.abort(reason), 20);
  assert.match(await messageOf(client.get("/slow", { signal: signal.signal })), /the user closed the page/);
});

test("an application that does not answer is an error after timeoutMs", async () => {
  await using client = await TestClient.open(
    createApplication(() => {}),
    { timeoutMs: 100 },
  );
  assert.match(await messageOf(client.get("/slow")), /^Error: GET \/slow: Headers Timeout Error/);
});

test("many requests at once each get their own answer", async () => {
  await using client = await TestClient.open(createEcho());
  const answers = await Promise.all(Array.from({ length: 200 }, (_, index) => client.get(`/${index}`)));
  assert.ok(answers.every((response, index) => response.json<Echo>().url === `/${index}`));
});

test.run();
