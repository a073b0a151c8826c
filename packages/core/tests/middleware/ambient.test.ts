import { AsyncLocalStorage } from "node:async_hooks";
import { setTimeout as wait } from "node:timers/promises";
import { Body, Controller, Form, Post, RawBody, Upload, type Middleware } from "@madeleine/core";
import { dependency } from "@madeleine/di";
import { Request, type UploadedFile } from "@madeleine/http";
import { TestClient } from "@madeleine/testing";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { z } from "zod";
import { createApp } from "../harness.ts";

/** What each of a request's steps saw in the storage of a middleware, by the request. */
class Seen {
  readonly storage = new AsyncLocalStorage<string>();
  readonly steps = new Map<string, (string | undefined)[]>();
  readonly #last: string;

  constructor(last: string) {
    this.#last = last;
  }

  readonly middleware: Middleware = ({ search }, next) => this.storage.run(search, next);

  note(step: string, search: string): true {
    const seen = this.steps.get(search) ?? [];
    this.steps.set(search, [...seen, `${step} ${this.storage.getStore()}`]);
    return true;
  }

  async isOver(search: string): Promise<void> {
    while (this.steps.get(search)?.at(-1)?.startsWith(this.#last) !== true) await wait(1);
  }
}

const seen = new Seen("the end");

const opened = dependency({ request: Request }, async function* ({ request: { search } }) {
  seen.note("dependency", search);
  await wait(1);
  yield search;
  seen.note("the end", search);
});

const Order = z.object({ of: z.string() }).refine(({ of }) => seen.note("schema", of));

@Controller()
class Orders {
  @Post("/json")
  async json(@Body(Order) order: z.infer<typeof Order>, @opened search: string) {
    return { wasSeen: seen.note("handler", search), ...order };
  }

  @Post("/form")
  form(@Form("of") of: string | undefined, @opened search: string) {
    return { wasSeen: seen.note("handler", search), of };
  }

  @Post("/raw")
  raw(@RawBody() body: Buffer, @opened search: string) {
    return { wasSeen: seen.note("handler", search), of: String(body) };
  }

  @Post("/file")
  async file(@Upload() of: UploadedFile, @opened search: string) {
    return { wasSeen: seen.note("handler", search), of: await of.text() };
  }

  @Post("/stream")
  async stream(request: Request, @opened search: string) {
    let of = "";
    for await (const chunk of request.stream()) of += String(chunk);
    return { wasSeen: seen.note("handler", search), of };
  }
}

test("what a middleware keeps in an AsyncLocalStorage is seen by every step of its request, also behind a body", async () => {
  const { app } = createApp({ controllers: [Orders], middleware: [seen.middleware] });
  await using client = await TestClient.open(app);
  const file = (of: string): File => new File([of], "a.txt");
  const bodies = {
    json: (of: string) => ({ json: { of } }),
    form: (of: string) => ({ form: { of } }),
    raw: (of: string) => ({ body: of }),
    file: (of: string) => ({ multipart: { of: file(of) } }),
    stream: (of: string) => ({ body: of }),
  };
  const asked = Object.entries(bodies).flatMap(([kind, body]) =>
    ["a", "b", "c"].map(async (name) => {
      const of = `${kind}-${name}`;
      const response = await client.post(`/${kind}?${of}`, body(of));
      assert.equal(response.json(), { wasSeen: true, of });
      await seen.isOver(of);
      const steps = kind === "json" ? ["schema", "dependency"] : ["dependency"];
      assert.equal(
        seen.steps.get(of),
        [...steps, "handler", "the end"].map((step) => `${step} ${of}`),
      );
    }),
  );
  await Promise.all(asked);
});

test("it is seen also behind a body that somebody further out began to read", async () => {
  const storage = new AsyncLocalStorage<string>();
  const early: Middleware = (request, next) => {
    request.text().catch(() => {}); // not waited for
    return storage.run(request.search, next);
  };

  @Controller()
  class Echo {
    @Post("/echo")
    echo(@Body(Order) { of }: z.infer<typeof Order>) {
      return { of, stored: storage.getStore() };
    }
  }
  const { app } = createApp({ controllers: [Echo], middleware: [early] });
  await using client = await TestClient.open(app);
  const answers = await Promise.all(["a", "b"].map((of) => client.post(`/echo?${of}`, { json: { of } })));
  assert.equal(
    answers.map((answer) => answer.json()),
    ["a", "b"].map((of) => ({ of, stored: of })),
  );
});

test.run();
