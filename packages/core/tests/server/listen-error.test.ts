import { ListenError } from "@madeleine/core";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { toListenError } from "../../src/server/listen-error.ts";

const failed = (code: string): Error => Object.assign(new Error(`listen ${code}`), { code });

test("what node says of a port becomes one line with the way out", () => {
  const messages = ["EADDRINUSE", "EACCES", "EADDRNOTAVAIL", "ENOTFOUND"].map((code) => {
    const error = toListenError(failed(code), 80, "shop.test") as ListenError;
    assert.equal([error instanceof ListenError, error.code, (error.cause as Error).message], [true, code, `listen ${code}`]);
    return error.message;
  });
  assert.equal(messages, [
    "Port 80 is in use: another program listens there. Stop it, or choose another port, for example PORT=81.",
    "No permission to listen on port 80: ports below 1024 are the administrator's. Choose another, for example PORT=8000.",
    'shop.test is no address of this machine. Listen on "127.0.0.1", or leave host out for every address.',
    'The host "shop.test" is not known. Listen on "127.0.0.1", or leave host out for every address.',
  ]);
});

test("the last port has no next one to propose", () => {
  assert.match((toListenError(failed("EADDRINUSE"), 65_535, undefined) as Error).message, /for example PORT=65534\.$/);
});

test("an error of another kind stays as it is", () => {
  const error = failed("EWHATEVER");
  assert.is(toListenError(error, 80, undefined), error);
  assert.is(toListenError(undefined, 80, undefined), undefined);
});

test.run();
