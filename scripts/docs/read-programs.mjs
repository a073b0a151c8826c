import { readRequests } from "./curl.mjs";
import { readBlocks } from "./read-blocks.mjs";

/**
 * Puts the blocks of a page together to programs, each with what the page says of it.
 *
 * A `ts` or `js` block is a program; the marks stand in a comment before it:
 *   - `continues`: it belongs to the file before it
 *   - `file: name`: it is one more file of the program before it; `program: name`: it begins one with a file of that name
 *   - `without types`: it is compiled as esbuild does it
 *   - `not ours: NestJS`: it is left alone
 * After a program, a `text` block that begins with `error TS…:` or `SomeError:` is the error that it must cause, and each
 * `$ curl …` of a `console` block a request with its answer.
 *
 * Shape: `{ line: 12, files: [{ name: "app.ts", text }], error: "error TS1239: …", errorLine: 22,
 *        requests: [{ …, expected }], hasTypes: true }`.
 */
export function readPrograms(markdown) {
  const programs = [];
  for (const block of readBlocks(markdown)) {
    if (isCode(block)) addCode(programs, block);
    else if (programs.length > 0) addExpectation(programs.at(-1), block);
  }
  return programs;
}

function isCode({ language, mark }) {
  return (language === "ts" || language === "js") && mark !== "not ours";
}

function addCode(programs, { language, text, line, mark, value }) {
  const last = programs.at(-1);
  if (mark === "continues") last.files.at(-1).text += `\n${text}`;
  else if (mark === "file") last.files.push({ name: value, text });
  else {
    const name = mark === "program" ? value : `app.${language}`;
    programs.push({ line, files: [{ name, text }], requests: [], hasTypes: mark !== "without types" });
  }
}

function addExpectation(program, { language, text, line }) {
  if (language === "text" && /^(?:error TS\d+|\w*Error): /.test(text)) Object.assign(program, { error: text, errorLine: line });
  if (language === "console") program.requests.push(...readRequests(text, line));
}
