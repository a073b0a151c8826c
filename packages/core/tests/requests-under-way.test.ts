import type { ServerResponse } from "node:http";
import { Duplex } from "node:stream";
import type { Request } from "@madeleine/http";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { RequestsUnderWay } from "../src/requests-under-way.ts";

function requestTo(path: string): Request {
  return { method: "GET", path } as Request;
}

function answerOn(socket: Duplex, writableFinished = false): ServerResponse {
  return { req: { socket }, writableFinished } as unknown as ServerResponse;
}

test("requests are named in the order in which they came, whichever of them goes first", () => {
  const socket = new Duplex();
  for (const leaving of [0, 1, 2]) {
    const underWay = new RequestsUnderWay();
    const added = ["/a", "/b", "/c"].map((path) => underWay.add(requestTo(path), answerOn(socket)));
    underWay.remove(added[leaving]!);
    const left = ["GET /a", "GET /b", "GET /c"].filter((_, index) => index !== leaving);
    assert.equal(underWay.names, left);
    underWay.add(requestTo("/d"), answerOn(socket));
    assert.equal(underWay.names, [...left, "GET /d"]);
  }
});

test("who has gone holds nobody, so that one dead request in old space does not keep alive all that came after it", () => {
  const underWay = new RequestsUnderWay();
  const added = ["/a", "/b", "/c"].map((path) => underWay.add(requestTo(path), answerOn(new Duplex())));
  for (const gone of [added[1]!, added[0]!, added[2]!]) {
    underWay.remove(gone);
    assert.is(gone.earlier, undefined);
    assert.is(gone.later, undefined);
  }
  assert.equal(underWay.names, []);
});

test("who waits is told when the last one has gone, and at once where there is none", async () => {
  const underWay = new RequestsUnderWay();
  await underWay.whenNone();
  const [first, second] = ["/a", "/b"].map((path) => underWay.add(requestTo(path), answerOn(new Duplex())));
  let isOver = false;
  const waiting = underWay.whenNone().then(() => (isOver = true));
  underWay.remove(second!);
  await new Promise(setImmediate);
  assert.is(isOver, false);
  underWay.remove(first!);
  await waiting;
});

test("of a connection the last answer that is not finished is found", () => {
  const [socket, other] = [new Duplex(), new Duplex()];
  const underWay = new RequestsUnderWay();
  const [first, second] = [answerOn(socket), answerOn(socket)];
  underWay.add(requestTo("/a"), first);
  underWay.add(requestTo("/b"), second);
  underWay.add(requestTo("/c"), answerOn(socket, true));
  underWay.add(requestTo("/d"), answerOn(other));
  assert.is(underWay.answerOn(socket), second);
  assert.is(underWay.answerOn(new Duplex()), undefined);
});

test.run();
