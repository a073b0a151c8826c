// test-timeout: 120
import { test } from "uvu";
import * as assert from "uvu/assert";
import { judgeMistakes } from "../mistakes.mjs";

// The whole matrix of compilers is a step of .ci/run.
for (const { number, what, file, found, isCaught } of judgeMistakes(["7"])) {
  test(`mistake ${number} is caught: ${what} (${file})`, () => assert.ok(isCaught, found));
}

test.run();
