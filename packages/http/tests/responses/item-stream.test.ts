import { test } from "uvu";
import * as assert from "uvu/assert";
import { z } from "zod";
import { EventStream, JSONLines, JSONLinesResponse, ServerSentEvent, StreamItemError } from "../../src/index.ts";
import { Serving } from "./serving.ts";

const Row = z.object({ id: z.number() });
const withSecret = { id: 1, password: "secret" };

test("JSON lines: one value on each line, each line ended", () =>
  Serving.run(
    () => new JSONLinesResponse([{ a: "1\n2" }, null, "x"], { status: 201 }),
    async (serving) => {
      const { status, headers, text } = await serving.ask();
      assert.equal([status, headers["content-type"], text], [201, "application/jsonl", '{"a":"1\\n2"}\nnull\n"x"\n']);
    },
  ));

test("what the schema of a stream does not name never leaves the server", () =>
  Serving.run(
    ({ path }) => {
      if (path === "/lines") return JSONLines(Row).respond([withSecret]);
      return EventStream(Row).respond([withSecret, new ServerSentEvent({ data: withSecret, id: "7" })]);
    },
    async (serving) => {
      assert.is((await serving.ask({ path: "/lines" })).text, '{"id":1}\n');
      assert.is((await serving.ask({ path: "/events" })).text, 'data: {"id":1}\n\ndata: {"id":1}\nid: 7\n\n');
    },
  ));

test("a comment, a retry and raw data pass the schema", () =>
  Serving.run(
    () => EventStream(Row).respond([new ServerSentEvent({ comment: "hi", retry: 1 }), new ServerSentEvent({ rawData: "raw" })]),
    async (serving) => assert.is((await serving.ask()).text, ": hi\nretry: 1\n\ndata: raw\n\n"),
  ));

test("a first item that does not fit is answered as an error; a later one breaks the stream off, with its place", () =>
  Serving.run(
    ({ path }) => JSONLines(Row).respond((path === "/first" ? [{ id: "x" }] : [{ id: 1 }, { id: "x" }]) as { id: number }[]),
    async (serving) => {
      assert.is((await serving.ask({ path: "/first" })).status, 500);
      const { text, isWhole } = await serving.ask({ path: "/second" });
      assert.equal([text, isWhole], ['{"id":1}\n', false]);
      const [first, second] = serving.errors as StreamItemError[];
      assert.instance(first, StreamItemError);
      assert.match(second!.message, /^Item 1 of the stream does not fit its schema: \$\.id: /);
    },
  ));

test("an asynchronous check of the schema is awaited, each item in its turn", () => {
  const Checked = z.number().refine(async (value) => value !== 3);
  return Serving.run(
    () => JSONLines(Checked).respond([1, 2, 3]),
    async (serving) => {
      const { text, isWhole } = await serving.ask();
      assert.equal([text, isWhole], ["1\n2\n", false]);
      assert.match(String(serving.errors[0]), /Item 2/);
    },
  );
});

test("a transform of the schema is what is sent", () =>
  Serving.run(
    () => JSONLines(z.object({ at: z.date().transform((at) => at.getTime()) })).respond([{ at: new Date(5) }]),
    async (serving) => assert.is((await serving.ask()).text, '{"at":5}\n'),
  ));

test("a generator is closed when an item does not fit", async () => {
  let isClosed = false;
  await Serving.run(
    () =>
      JSONLines(Row).respond(
        (function* () {
          try {
            yield { id: 1 };
            yield { id: "x" } as never;
            yield { id: 2 };
          } finally {
            isClosed = true;
          }
        })(),
      ),
    async (serving) => assert.not((await serving.ask()).isWhole),
  );
  assert.ok(isClosed);
});

test("a marker tells its schema and its media type", () => {
  assert.is(JSONLines(Row).item, Row);
  assert.is(JSONLines(Row).mediaType, "application/jsonl");
  assert.is(EventStream(Row).mediaType, "text/event-stream");
});

test.run();
