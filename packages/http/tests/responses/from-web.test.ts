import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { fromWebResponse, StreamBody } from "../../src/index.ts";
import { Serving, until } from "./serving.ts";

const WebResponse = globalThis.Response;

test("status, headers, every cookie and the body are kept", () =>
  Serving.run(
    () => {
      const headers = new globalThis.Headers({ "content-type": "text/plain", "x-a": "1" });
      headers.append("set-cookie", "a=1; Path=/");
      headers.append("set-cookie", "b=2; Expires=Tue, 14 Nov 2023 22:13:20 GMT");
      return fromWebResponse(new WebResponse("hello", { status: 201, headers }));
    },
    async (serving) => {
      const { status, headers, text } = await serving.ask();
      assert.equal([status, text, headers["content-type"], headers["x-a"]], [201, "hello", "text/plain", "1"]);
      assert.equal(headers["set-cookie"], ["a=1; Path=/", "b=2; Expires=Tue, 14 Nov 2023 22:13:20 GMT"]);
    },
  ));

test("without a body, with a redirect, and with json", () =>
  Serving.run(
    ({ path }) => {
      if (path === "/none") return fromWebResponse(new WebResponse(null, { status: 204 }));
      return fromWebResponse(path === "/json" ? WebResponse.json({ a: 1 }) : WebResponse.redirect("http://a.test/x", 303));
    },
    async (serving) => {
      assert.is((await serving.ask({ path: "/none" })).status, 204);
      const redirect = await serving.ask({ path: "/redirect" });
      assert.equal([redirect.status, redirect.headers.location, redirect.text], [303, "http://a.test/x", ""]);
      const json = await serving.ask({ path: "/json" });
      assert.equal([json.headers["content-type"], json.text], ["application/json", '{"a":1}']);
    },
  ));

test("what fetch has decompressed is not announced as compressed, and connection headers are the next hop's own", async () => {
  const origin = createServer((_raw, out) => {
    const body = gzipSync("hello ".repeat(100));
    out.writeHead(200, {
      "content-encoding": "gzip",
      "content-length": body.length,
      connection: "close, x-hop",
      "x-hop": "1",
      "x-kept": "1",
      "set-cookie": ["a=1", "b=2"],
    });
    out.end(body);
  });
  await new Promise<void>((resolve) => origin.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(origin.address() as AddressInfo).port}/`;
  await Serving.run(
    async () => fromWebResponse(await fetch(url)),
    async (serving) => {
      const { headers, text, isWhole } = await serving.ask();
      assert.equal([text, isWhole], ["hello ".repeat(100), true]);
      for (const name of ["content-encoding", "content-length", "x-hop"]) assert.is(headers[name], undefined, name);
      assert.is(headers["x-kept"], "1");
      assert.equal(headers["set-cookie"], ["a=1", "b=2"]);
    },
  );
  await new Promise((resolve) => origin.close(resolve));
});

test("a length that is right is kept", () =>
  Serving.run(
    () => fromWebResponse(new WebResponse("hello", { headers: { "content-length": "5" } })),
    async (serving) => assert.is((await serving.ask()).headers["content-length"], "5"),
  ));

test("LM-09: a client that leaves cancels the web stream", async () => {
  let isCancelled = false;
  await Serving.run(
    () =>
      fromWebResponse(
        new WebResponse(
          new ReadableStream({
            start: (controller) => controller.enqueue(new Uint8Array([1])),
            cancel: () => void (isCancelled = true),
          }),
        ),
      ),
    async (serving) => {
      const socket = serving.connect();
      await new Promise((resolve) => socket.once("data", resolve));
      socket.destroy();
      await until(() => isCancelled, "it is not cancelled");
    },
  );
});

test("a body that was read already is refused", async () => {
  const web = new WebResponse("x");
  await web.text();
  assert.throws(() => fromWebResponse(web), /read already\. mend: web\.clone\(\)/);
  assert.instance(fromWebResponse(new WebResponse("x")).body, StreamBody);
});

test.run();
