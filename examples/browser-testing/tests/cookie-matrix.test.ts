// test-timeout: 180

import { test } from "uvu";
import * as assert from "uvu/assert";
import { runCookieMatrix, type CookieMatrix, type MatrixTable } from "../src/cookie-matrix/cookie-matrix.ts";
import { toText } from "../src/cookie-matrix/table.ts";
import { judge } from "../src/cookie-matrix/verdict.ts";
import { findChromium, noChromium } from "../src/find-chromium.ts";

let running: Promise<CookieMatrix> | undefined;

/** A test of the matrix, which is run once; where there is no Chromium it is skipped aloud. */
function ofMatrix(check: (matrix: CookieMatrix) => void): () => Promise<void> {
  return async () => {
    const executablePath = findChromium();
    if (executablePath === undefined) return console.log(`SKIP: ${noChromium}`);
    check(await (running ??= runCookieMatrix(executablePath)));
  };
}

const rowsOf = ({ tables }: CookieMatrix) =>
  tables.flatMap(({ group, rows }) => rows.map((row) => ({ group, row, ...judge(row, group) })));

test(
  "what our rules allow is kept as it was meant, and gone after deleteCookie",
  ofMatrix((matrix) => {
    const allowed = rowsOf(matrix).filter(({ row }) => row.rule === undefined);
    assert.ok(allowed.length > 500, `${allowed.length} cookies`);
    assert.equal(
      allowed.filter(({ isSound }) => !isSound).map(({ row }) => [row.each.cells, row.outcomes]),
      [],
    );
  }),
);

test(
  "what they refuse Chromium drops or changes over one scheme at least, or there is a reason of our own",
  ofMatrix((matrix) => {
    const refused = rowsOf(matrix).filter(({ row }) => row.rule !== undefined);
    assert.ok(refused.length > 1500, `${refused.length} cookies`);
    assert.equal(
      refused.filter(({ isSound }) => !isSound).map(({ row }) => [row.each.cells, row.rule, row.outcomes]),
      [],
    );
    const reasoned = refused.filter(({ reason }) => reason !== undefined);
    assert.ok(reasoned.length < 20, `${reasoned.length} cookies are refused for a reason of our own alone`);
  }),
);

test(
  "each rule of names, values and attributes refuses something that Chromium loses or changes",
  ofMatrix((matrix) => {
    const lost = new Set(
      rowsOf(matrix)
        .filter(({ row, reason }) => row.rule !== undefined && reason === undefined)
        .map(({ row }) => row.rule),
    );
    assert.equal([...lost].sort(), [
      "COOKIE_ATTRIBUTE",
      "COOKIE_DOMAIN",
      "COOKIE_EXPIRES",
      "COOKIE_HOST_PREFIX",
      "COOKIE_HTTP_PREFIX",
      "COOKIE_MAX_AGE",
      "COOKIE_NAME",
      "COOKIE_PARTITIONED",
      "COOKIE_PATH",
      "COOKIE_SAME_SITE",
      "COOKIE_SECURE_PREFIX",
      "COOKIE_SIZE",
      "COOKIE_VALUE",
    ]);
  }),
);

test("the table has one row for those that differ in one attribute alone, and says what is not as it should be", () => {
  const kept = { isAsMeant: true, text: "kept" };
  const dropped = { isAsMeant: false, text: "dropped" };
  const row = (cells: string[], outcome = kept, rule?: string) => ({
    each: { name: cells.join(""), value: "1", attributes: {}, cells },
    rule,
    outcomes: [outcome],
  });
  const rows = [row(["a", "x"]), row(["a", "y"]), row(["b", "x"]), row(["b", "y"], dropped)];
  const origin = { title: "http", url: "", host: "", site: "", isHttps: false, isTrustworthy: false };
  const group = { title: "Some", columns: ["name", "path"], cases: [], isMerged: true, isFrom: () => true };
  const table: MatrixTable = { group, origins: [origin], rows };
  assert.is(
    toText({ browser: "Chromium 1", tables: [table] }),
    [
      "What Chromium 1 keeps of each cookie, and what we say of it",
      "",
      "Some (4)",
      "",
      "name  path  ours     over http",
      "----  ----  -------  ---------  -------------------",
      "a     any   allowed  kept",
      "b     x     allowed  kept",
      "b     y     allowed  dropped    NOT AS IT SHOULD BE",
    ].join("\n"),
  );
});

test.run();
