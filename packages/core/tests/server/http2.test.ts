import { once } from "node:events";
import { connect, createServer, type IncomingHttpHeaders } from "node:http2";
import type { AddressInfo } from "node:net";
import { Body } from "@madeleine/core";
import type { IncomingMessage, ServerResponse } from "node:http";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { z } from "zod";
import { createApp } from "../harness.ts";

test("a server of node:http2 that somebody else made may have the application's callback", async () => {
  const { app, log } = createApp();
  app.post("/items", { body: Body(z.object({ id: z.int() })) }, ({ body }) => body);
  await app.boot();
  // Its request and response stand in for those of node:http (node:http2, Compatibility API).
  const server = createServer((raw, response) =>
    app.callback(raw as unknown as IncomingMessage, response as unknown as ServerResponse),
  );
  await once(server.listen(0, "127.0.0.1"), "listening");
  const session = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const ask = async (headers: Record<string, string>, body = ""): Promise<[status: number | undefined, text: string]> => {
    const stream = session.request(headers, { endStream: body === "" }).setEncoding("utf8");
    if (body !== "") stream.end(body);
    const [answer] = (await once(stream, "response")) as [IncomingHttpHeaders & { ":status"?: number }];
    return [answer[":status"], (await stream.toArray()).join("")];
  };
  assert.equal(await ask({ ":path": "/canary" }), [200, '"alive"']);
  assert.equal(await ask({ ":path": "/none" }), [404, '{"detail":"Not Found"}']);
  const json = { ":method": "POST", ":path": "/items", "content-type": "application/json", "content-length": "8" };
  assert.equal(await ask(json, '{"id":1}'), [200, '{"id":1}']);
  const { "content-length": _, ...unmeasured } = json;
  assert.equal(await ask(unmeasured, '{"id":2}'), [200, '{"id":2}'], "a body that only its stream announces");
  assert.is((await ask(unmeasured))[0], 422, "a stream that ended with its head");
  session.close();
  server.close();
  await app.close();
  assert.equal(log.messages, []);
});

test.run();
