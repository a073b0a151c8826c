import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { TestClient } from "madeleine/testing";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { app } from "../app.ts";
import { assertLinear } from "../../../scripts/test/assert-linear.ts";

/** What /read-cookie makes of a `Cookie` header. */
async function read(client: TestClient, cookie: string): Promise<unknown> {
  const response = await client.get("/read-cookie", { headers: { cookie } });
  assert.is(response.status, 200, cookie);
  return response.json<{ cookie_value: unknown }>().cookie_value;
}

test("quotes around a value belong to the syntax", async () => {
  await using client = await TestClient.open(app);
  assert.is(await read(client, 'user_preferences="dark_mode"'), "dark_mode");
  assert.is(await read(client, 'user_preferences="dark'), '"dark');
  assert.is(await read(client, 'user_preferences="'), '"');
  assert.is(await read(client, 'user_preferences=""'), "");
});

test("percent-encoding is decoded, and what is none stays as it is", async () => {
  await using client = await TestClient.open(app);
  assert.is(await read(client, "user_preferences=dark%20mode%E2%99%A5"), "dark mode♥");
  for (const bad of ["%", "100%", "%zz", "%E2%99", "%C0%AF", "%ED%A0%80"])
    assert.is(await read(client, `user_preferences=${bad}`), bad);
});

test("of equal names the first counts", async () => {
  await using client = await TestClient.open(app);
  assert.is(await read(client, "user_preferences=first; user_preferences=second"), "first");
});

test("a cookie may be named __proto__, and nothing else comes of it", async () => {
  await using client = await TestClient.open(app);
  assert.is(await read(client, "__proto__=user_preferences; constructor=x; toString=y"), null);
  const page = (await client.get("/", { headers: { cookie: "__proto__=polluted" } })).text();
  assert.match(page, "<td>__proto__</td><td>polluted</td>");
  assert.is(({} as Record<string, unknown>)["polluted"], undefined);
});

test("malformed headers are answered", async () => {
  await using client = await TestClient.open(app);
  for (const cookie of [
    ";",
    "=",
    "=;=",
    ";;;;",
    "a",
    "a;b;c",
    " = ; = ",
    "user preferences=1",
    "\t",
    "a=b=c=d",
    ",",
    "\u00e9=\u00ff",
  ]) {
    assert.is(await read(client, cookie), null);
    assert.is((await client.get("/", { headers: { cookie } })).status, 200, cookie);
  }
});

test("a header as large as node lets in is answered", async () => {
  await using client = await TestClient.open(app);
  for (const piece of ["a=1;", ";", "=", '"', "%", " ", "user_preferences=;"]) {
    const cookie = piece.repeat(Math.floor(15_500 / piece.length));
    for (const path of ["/", "/read-cookie", "/update-cookie", "/profile"]) {
      assert.is((await client.get(path, { headers: { cookie } })).status, 200, `${piece} ${path}`);
    }
  }
});

test("8,000 pairs are too much for node's 16 KiB of headers, and that is a 431", async () => {
  await using client = await TestClient.open(app);
  assert.is((await client.get("/", { headers: { cookie: pairs(8000) } })).status, 431);
});

test("8,000 pairs are read in linear time where the server lets them in", async () => {
  await using client = await TestClient.open(behindLargeHeaders());
  for (const path of ["/", "/read-cookie", "/update-cookie", "/profile"]) {
    const ask = async (size: number): Promise<void> => {
      const response = await client.get(path, { headers: { cookie: `${pairs(size)}; user_preferences=last` } });
      assert.is(response.status, 200);
      if (path === "/read-cookie") assert.match(response.text(), '"cookie_value":"last"');
    };
    await assertLinear(path, ask, 8000);
  }
});

function pairs(length: number): string {
  return Array.from({ length }, (_, index) => `name${index}=value%20${index}`).join("; ");
}

/** The same application on a server that accepts a mebibyte of headers. */
function behindLargeHeaders() {
  let server: Server | undefined;
  return {
    get url() {
      return server === undefined ? undefined : `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    },
    async listen() {
      await app.boot();
      const opening = createServer({ maxHeaderSize: 2 ** 20 }, app.callback);
      await new Promise<void>((resolve) => opening.listen(0, "127.0.0.1", resolve));
      server = opening;
    },
    async close() {
      await new Promise((resolve) => server?.close(resolve));
      await app.close();
    },
  };
}

test.run();
