import { Readable } from "node:stream";
import * as fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { PartLines } from "../../src/multipart/part-lines.ts";
import { splitParts } from "../../src/multipart/split-parts.ts";

const BOUNDARY = "bOuNd-ary";

/** Content that looks like a boundary, as far as content may. */
const content = fc
  .array(fc.constantFrom("\r", "\n", "-", "--", "\r\n--", "\r\n--bOuNd", "\r\n--bOuNd-arx", "a", "\u0000", "x".repeat(5000)))
  .map((pieces) => pieces.join(""));
const name = fc.string({ unit: fc.constantFrom("a", "B", "_", "[", ";", "=", " "), minLength: 1 });
const parts = fc.array(fc.record({ name, content }), { maxLength: 6 });
const sizes = fc.array(fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 9000 })), {
  minLength: 1,
  maxLength: 50,
});

function write(written: readonly { name: string; content: string }[]): Buffer {
  const pieces = written.map(
    (part) => `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${part.name}"\r\n\r\n${part.content}\r\n`,
  );
  return Buffer.from(`${pieces.join("")}--${BOUNDARY}--\r\n`);
}

/** In pieces of these sizes, over and over, so that any byte may be the last of its chunk. */
function divide(bytes: Buffer, by: readonly number[]): Buffer[] {
  const chunks: Buffer[] = [];
  for (let start = 0, turn = 0; start < bytes.length; start += chunks.at(-1)!.length) {
    chunks.push(bytes.subarray(start, start + by[turn++ % by.length]!));
  }
  return chunks;
}

async function split(chunks: Buffer[]): Promise<[PartLines, string][]> {
  const found: [PartLines, string][] = [];
  for await (const part of splitParts(Readable.from(chunks), BOUNDARY)) {
    found.push([part.lines, Buffer.concat(await part.content.toArray()).toString()]);
  }
  return found;
}

test("parts come back as they were written, wherever the bytes are divided", async () => {
  await fc.assert(
    fc.asyncProperty(parts, sizes, async (written, by) => {
      const found = await split(divide(write(written), by));
      assert.equal(
        found.map(([lines, text]) => [lines.get("content-disposition")?.[0], text]),
        written.map((part) => [`form-data; name="${part.name}"`, part.content]),
      );
    }),
    { numRuns: 300 },
  );
});

test("a reader who skips or leaves parts gets each of the others whole", async () => {
  await fc.assert(
    fc.asyncProperty(parts, sizes, fc.infiniteStream(fc.constantFrom("read", "skip", "leave")), async (written, by, habits) => {
      let at = 0;
      for await (const part of splitParts(Readable.from(divide(write(written), by)), BOUNDARY)) {
        const habit = habits.next().value;
        const { content: expected } = written[at++]!;
        if (habit === "read") assert.is(Buffer.concat(await part.content.toArray()).toString(), expected);
        if (habit === "leave") for await (const _ of part.content) break;
      }
      assert.is(at, written.length);
    }),
    { numRuns: 200 },
  );
});

test("MP-08: a body that is cut anywhere is an error, and never a wait", async () => {
  await fc.assert(
    fc.asyncProperty(parts, sizes, fc.double({ min: 0, max: 0.999, noNaN: true }), async (written, by, share) => {
      const whole = write(written).subarray(0, -2); // the last line break may be missing
      const found = await split(divide(whole.subarray(0, Math.floor(whole.length * share)), by)).catch(
        (error: Error) => error.message,
      );
      assert.match(String(found), /^Malformed multipart: /);
    }),
    { numRuns: 300 },
  );
});

test("MP-04: bytes of any kind end in parts or a 400, and never in a wait", async () => {
  const noise = fc.constantFrom(
    "\r\n",
    "--",
    `--${BOUNDARY}`,
    `\r\n--${BOUNDARY}\r\n`,
    `\r\n--${BOUNDARY}--`,
    ":",
    "a: b",
    "\r\n\r\n",
    "\r",
    "z",
  );
  await fc.assert(
    fc.asyncProperty(fc.array(noise), sizes, async (pieces, by) => {
      const result = await split(divide(Buffer.from(pieces.join("")), by)).catch((error: { status?: number }) => error.status);
      assert.ok(Array.isArray(result) || result === 400);
    }),
    { numRuns: 500 },
  );
});

test("nothing is taken from the source while nobody reads", async () => {
  let taken = 0;
  const chunk = Buffer.alloc(64 * 1024);
  const source = Readable.from(
    (async function* () {
      yield write([{ name: "a", content: "" }]).subarray(0, -BOUNDARY.length - 8);
      for (; taken < 1000; taken++) yield chunk;
    })(),
    { objectMode: false },
  );
  for await (const part of splitParts(source, BOUNDARY)) {
    part.content.read(0);
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.ok(taken < 8, `${taken} chunks`);
    break;
  }
  assert.ok(source.destroyed, "and who leaves lets go of it");
});

test.run();
