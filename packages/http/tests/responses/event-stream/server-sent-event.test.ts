import * as fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  EventError,
  type EventFields,
  ServerSentEvent,
  writeEvent,
} from "../../../src/responses/event-stream/server-sent-event.ts";

const write = (fields: EventFields): string => writeEvent(new ServerSentEvent(fields));

test("every field has its line, data as many as it has lines", () => {
  assert.is(write({ data: "hello", event: "greeting", id: "1" }), 'event: greeting\ndata: "hello"\nid: 1\n\n');
  assert.is(write({ rawData: "l1\r\nl2\rl3\n" }), "data: l1\ndata: l2\ndata: l3\ndata: \n\n");
  assert.is(write({ comment: "a\nb" }), ": a\n: b\n\n");
  assert.is(write({ data: null, retry: 0, id: "" }), "data: null\nid: \nretry: 0\n\n");
});

test("an id or a name of two lines would begin a field that is not meant, and is refused", () => {
  for (const end of ["\n", "\r", "\0"]) {
    for (const field of ["id", "event"]) {
      assert.throws(
        () => new ServerSentEvent({ data: 1, [field]: `7${end}data: evil` }),
        (error: unknown) => error instanceof EventError && error.field === field,
      );
    }
  }
  assert.throws(() => new ServerSentEvent({ data: 1, id: 7 as never }), /mend: String\(value\)/);
});

test("a retry that is no number of milliseconds is refused, and data beside rawData", () => {
  for (const retry of [-1, 1.5, Number.NaN, "5\ndata: evil" as never])
    assert.throws(() => new ServerSentEvent({ retry }), /an integer of milliseconds from 0/);
  assert.throws(() => new ServerSentEvent({ data: 1, rawData: "1" } as never), /leave one out/);
});

test("whatever text an event holds, a client reads that text and no other field (WHATWG HTML §9.2.6)", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom("a", "\n", "\r", ":", " ", "data", "id: 1") }),
      fc.string(),
      (rawData, comment) => {
        const read = readEvent(write({ rawData, comment, event: "e" }));
        assert.equal(read, { event: "e", data: rawData.replaceAll(/\r\n|\r/g, "\n") });
      },
    ),
  );
});

/** One event as a browser reads it. */
function readEvent(text: string): Record<string, string> {
  const fields: Record<string, string> = {};
  assert.ok(text.endsWith("\n\n"));
  for (const line of text.slice(0, -2).split(/\r\n|\r|\n/)) {
    assert.is.not(line, "", "an empty line would end the event");
    const [, name = "", value = ""] = /^([^:]*): ?(.*)$/s.exec(line) ?? [];
    if (name === "data" && fields[name] !== undefined) fields[name] += `\n${value}`;
    else if (name !== "") fields[name] = value;
  }
  return fields;
}

test.run();
