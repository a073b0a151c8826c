import { mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readFileSync } from "node:fs";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { z } from "zod";
import {
  EventSourceResponse,
  EventStream,
  FileResponse,
  HTMLResponse,
  JSONLines,
  JSONResponse,
  mergeResponse,
  Response,
  ServerSentEvent,
  StreamingResponse,
} from "../../src/index.ts";
import { Serving, type Received } from "./serving.ts";

// The recorded cases of the areas responses, streaming and file_response, as far as they can be said without routes.

interface Case {
  readonly id: string;
  readonly request: { readonly method: string; readonly path: string; readonly headers?: Record<string, string> };
  readonly expect: {
    readonly status: number;
    readonly headers?: Record<string, string>;
    readonly headers_absent?: readonly string[];
    readonly text?: string;
    readonly json?: unknown;
    readonly body_length?: number;
  };
}

const cases = JSON.parse(readFileSync(new URL("conformance.json", import.meta.url), "utf8")) as Case[];

const Item = z.object({ name: z.string(), description: z.string() });
const items = [
  { name: "Plumbus", description: "A multi-purpose household device." },
  { name: "Portal Gun", description: "A portal opening device." },
  { name: "Meeseeks Box", description: "A box that summons a Meeseeks." },
];

const directory = await mkdtemp(join(tmpdir(), "madeleine-conformance-"));
test.after(() => rm(directory, { recursive: true }));
const readme = await file("README.txt", "ä".repeat(263));
const png = await file("image", "x".repeat(14_000));
const content = await file("content", "file content");

const apps: Record<string, () => Response> = {
  "resp-html": () => new HTMLResponse("<h1>Hi</h1>"),
  "resp-custom-media": () => new Response("<a/>", { mediaType: "application/xml" }),
  "resp-empty": () => new Response(),
  "resp-header-injected": () => {
    const injected = new Response(null, { headers: { "X-Cat-Dog": "alone in the world" } });
    return mergeResponse(injected, new JSONResponse({ message: "Hello World" }));
  },
  "resp-header-direct": () =>
    new JSONResponse({ message: "Hello World" }, { headers: { "X-Cat-Dog": "alone in the world", "Content-Language": "en-US" } }),
  "stream-text": () => new StreamingResponse(["1, ", "2, ", "3"], { mediaType: "text/plain" }),
  "stream-error-mid-stream": () => new StreamingResponse(failing(), { mediaType: "text/plain" }),
  "jsonl-typed": () => JSONLines(Item).respond(items),
  "jsonl-untyped": () => JSONLines(z.unknown()).respond(items),
  "sse-events": () =>
    EventStream(z.unknown()).respond([
      new ServerSentEvent({ data: "hello", event: "greeting", id: "1" }),
      new ServerSentEvent({ data: { key: "value" }, event: "json-data", id: "2" }),
      new ServerSentEvent({ comment: "just a comment" }),
      new ServerSentEvent({ data: "retry-test", retry: 5000 }),
    ]),
  "sse-raw": () =>
    new EventSourceResponse([
      new ServerSentEvent({ rawData: "plain text without quotes" }),
      new ServerSentEvent({ rawData: "l1\nl2", event: "html" }),
    ]),
  "sse-post": () => new EventSourceResponse([{ a: 1 }]),
  "file-if-range-mismatch": () => new FileResponse(readme, { headers: { ETag: '"custom"' } }),
  "file-disposition": () => new FileResponse(png, { filename: "example.png" }),
  "file-disposition-inline": () => new FileResponse(png, { filename: "hello.txt", disposition: "inline" }),
  "file-disposition-utf8": () => new FileResponse(content, { filename: "你好.txt" }),
  "file-missing": () => new FileResponse(join(directory, "missing.txt")),
};

/** Where ours is another answer, on purpose. */
const differences: Record<string, { readonly reason: string; readonly expect: Partial<Case["expect"]> }> = {
  ...Object.fromEntries(
    ["file-range-reversed", "file-range-bad-unit", "file-range-malformed"].map((id) => [
      id,
      {
        reason: "a Range that is not understood counts as if it was not there: design §9, RFC 9110 §14.2",
        expect: { status: 200, text: undefined, headers: { "content-length": "526" }, body_length: 526 },
      },
    ]),
  ),
  "file-missing": {
    reason: "an error is JSON here, whichever it is, and core's to write: design §6",
    expect: { headers: {}, text: "Internal Server Error" },
  },
};

for (const { id, request, expect } of cases.filter((each) => each.id !== "sse-newline-in-event")) {
  const difference = differences[id];
  test(`${id}${difference === undefined ? "" : ` differs: ${difference.reason}`}`, () =>
    Serving.run(apps[id] ?? (() => new FileResponse(readme)), async (serving) => {
      meets(await serving.ask(request), { ...expect, ...difference?.expect });
      assert.is(serving.errors.length, id === "stream-error-mid-stream" || id === "file-missing" ? 1 : 0);
    }));
}

for (const field of ["event", "id"] as const) {
  test(`sse-newline-in-event: ${field}`, () => {
    for (const end of ["\n", "\r", "\r\n", "\0"]) {
      assert.throws(() => new ServerSentEvent({ data: 1, [field]: `first${end}second` }), /is a single line without NUL/);
    }
  });
}

function meets(received: Received, expect: Case["expect"]): void {
  assert.is(received.status, expect.status);
  for (const [name, value] of Object.entries(expect.headers ?? {})) {
    const actual = String(received.headers[name]);
    if (value.includes("<any>")) assert.ok(actual.startsWith(value.slice(0, value.indexOf("<any>"))), actual);
    else assert.is(actual, value, name);
  }
  for (const name of expect.headers_absent ?? []) assert.is(received.headers[name], undefined, name);
  if (expect.body_length !== undefined) assert.is(received.body.length, expect.body_length);
  if (expect.json !== undefined) assert.equal(JSON.parse(received.text), expect.json);
  if (expect.text !== undefined) assert.is(withoutJsonSpaces(received.text), withoutJsonSpaces(expect.text));
}

// Python writes `{"a": 1}`, JavaScript `{"a":1}`: the same JSON.
function withoutJsonSpaces(text: string): string {
  return text.replaceAll(/^(data: )?\{.*\}$/gm, (line, field: string | undefined) => {
    const prefix = field ?? "";
    return prefix + JSON.stringify(JSON.parse(line.slice(prefix.length)));
  });
}

function* failing(): Generator<string> {
  yield "a";
  throw new Error("after the first chunk");
}

async function file(name: string, text: string): Promise<string> {
  const path = join(directory, name);
  await writeFile(path, text);
  await utimes(path, 1_700_000_000, 1_700_000_000);
  return path;
}

test.run();
