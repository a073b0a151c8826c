/**
 * Reads the fenced code blocks of a Markdown page, with the HTML comment that stands before each.
 *
 * Shape: `{ language: "ts", text: "…", line: 12, mark: "file", value: "src/app.ts" }` for a block after
 *        `<!-- file: src/app.ts -->`; `line` is that of its first line, `mark` is undefined where there is no comment.
 * Errors: a fence that is never closed, and a comment that is no mark.
 */
export function readBlocks(markdown) {
  const lines = markdown.split("\n");
  const blocks = [];
  for (let at = 0; at < lines.length; at++) {
    const fence = /^```(\w*)/.exec(lines[at]);
    if (fence === null) continue;
    const end = lines.indexOf("```", at + 1);
    if (end === -1) throw new Error(`the code block of line ${at + 1} is never closed`);
    blocks.push({ language: fence[1], text: lines.slice(at + 1, end).join("\n"), line: at + 2, ...readMark(lines, at) });
    at = end;
  }
  return blocks;
}

const marks = new Set(["continues", "program", "file", "without types", "not ours"]);

/** The comment may be separated from its block by one empty line, as formatters like it. */
function readMark(lines, fence) {
  const before = lines[fence - 1] === "" ? lines[fence - 2] : lines[fence - 1];
  const comment = /^<!-- (.+?)(?:: (.+))? -->$/.exec(before ?? "");
  if (comment === null) return { mark: undefined, value: undefined };
  const [, mark, value] = comment;
  if (!marks.has(mark)) throw new Error(`line ${fence}: "${mark}" is no mark of a block; there are: ${[...marks].join(", ")}`);
  return { mark, value };
}
