import { test } from "uvu";
import * as assert from "uvu/assert";
import { TestClient } from "../src/index.ts";
import { createApplication } from "./server.ts";

test("bytes go out and come back as they are", async () => {
  await using client = await TestClient.open(createApplication((request, response) => response.end(request.url)));
  const answer = await client.fetchRaw(
    "GET /a HTTP/1.1\r\nHost: a\r\n\r\nGET /b HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
  );
  assert.equal(answer.match(/HTTP\/1\.1 200 OK/g)?.length, 2);
  assert.match(answer, /\/a[\s\S]*\/b/);
});

test("a connection that the server keeps open ends with its silence", async () => {
  await using client = await TestClient.open(createApplication((_request, response) => response.end("kept")));
  const answer = await client.fetchRaw(Buffer.from("GET / HTTP/1.1\r\nHost: a\r\n\r\n"), { idleMs: 50 });
  assert.match(answer, /kept$/);
});

test("a process that stands still for longer than the silence hears what came meanwhile", async () => {
  await using client = await TestClient.open(
    createApplication((_request, response) => {
      response.write("first");
      setTimeout(() => {
        response.end("second");
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
      }, 20);
    }),
  );
  assert.match(await client.fetchRaw("GET / HTTP/1.1\r\nHost: a\r\n\r\n", { idleMs: 100 }), /first[^]*second/);
});

test("what is no HTTP gets the server's 400", async () => {
  await using client = await TestClient.open(createApplication((_request, response) => response.end()));
  assert.match(await client.fetchRaw("\0\0\r\n\r\n"), /^HTTP\/1\.1 400 Bad Request/);
});

test("a server that closes without a word gives nothing, one that keeps silent an error", async () => {
  await using closing = await TestClient.open(createApplication((request) => request.socket.destroy()));
  assert.is(await closing.fetchRaw("GET / HTTP/1.1\r\nHost: a\r\n\r\n"), "");
  await using silent = await TestClient.open(createApplication(() => {}));
  const message = await silent.fetchRaw("GET / HTTP/1.1\r\nHost: a\r\n\r\n", { timeoutMs: 50 }).then(String, String);
  assert.match(message, /^Error: 127\.0\.0\.1:\d+ sent nothing within 50 ms$/);
});

test.run();
