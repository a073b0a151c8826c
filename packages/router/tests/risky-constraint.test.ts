import { test } from "uvu";
import * as assert from "uvu/assert";
import { riskyConstraint } from "@madeleine/router";

for (const source of ["(a+)+", "(a+)+$", "(a|b+)*", "((a+)b?)*", "(\\d{2,}){3,}", "(?:x(?<y>[a-z]*))+", "([(]+)*"]) {
  test(`PA-11 ${source} is risky: a repeated group repeats`, () => {
    assert.match(riskyConstraint(source) ?? "", "repeats a group that itself repeats");
  });
}

for (const source of [
  "\\d+",
  "[a-z]{2,3}",
  "(?:a|b)+",
  "(a+)?",
  "[(a+)+]+",
  "\\((a+)\\)+",
  "(\\d{4})-(\\d{2})",
  "(a+){2}",
  ")(",
]) {
  test(`${source} is not risky`, () => {
    assert.is(riskyConstraint(source), undefined);
  });
}

test.run();
