/** Prints what Chromium keeps of each cookie: `npm run cookie-matrix`, or with `-- --all` a row for each of its thousands. */
import { runCookieMatrix } from "./src/cookie-matrix/cookie-matrix.ts";
import { toText } from "./src/cookie-matrix/table.ts";
import { judge } from "./src/cookie-matrix/verdict.ts";
import { findChromium, noChromium } from "./src/find-chromium.ts";

const executablePath = findChromium();
if (executablePath === undefined) throw new Error(noChromium);
const matrix = await runCookieMatrix(executablePath);
console.log(toText(matrix, process.argv.includes("--all")));
const unsound = matrix.tables.flatMap(({ group, rows }) => rows.filter((row) => !judge(row, group).isSound));
if (unsound.length > 0) process.exitCode = 1;
