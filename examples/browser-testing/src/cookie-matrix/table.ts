import type { CookieMatrix, MatrixTable } from "./cookie-matrix.ts";
import { judge } from "./verdict.ts";

/** The matrix for people; `isWhole` prints a row for each cookie instead of one for those that differ in one attribute alone. */
export function toText({ browser, tables }: CookieMatrix, isWhole = false): string {
  const texts = tables.map((table) => toTable(table, isWhole));
  return [`What ${browser} keeps of each cookie, and what we say of it`, ...texts].join("\n\n");
}

function toTable({ group, origins, rows }: MatrixTable, isWhole: boolean): string {
  const head = [...group.columns, "ours", ...origins.map(({ title }) => `over ${title}`), ""];
  const cells = rows.map((row) => [
    ...row.each.cells,
    row.rule ?? "allowed",
    ...row.outcomes.map(({ text }) => text),
    remarkOn(row, group),
  ]);
  const shown = group.isMerged === true && !isWhole ? merge(cells, group.columns.length) : cells;
  const widths = head.map((title, column) => Math.max(title.length, ...shown.map((row) => row[column]?.length ?? 0)));
  const lines = [head, widths.map((width) => "-".repeat(width)), ...shown].map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  return [`${group.title} (${rows.length.toLocaleString("en")})`, "", ...lines].join("\n");
}

function remarkOn(...judged: Parameters<typeof judge>): string {
  const { isSound, reason } = judge(...judged);
  return isSound ? (reason ?? "") : "NOT AS IT SHOULD BE";
}

/** Joins rows that differ in one of the first cells alone, attribute by attribute; where all values are the same, it is `any`. */
function merge(rows: readonly (readonly string[])[], attributes: number): string[][] {
  let merged = rows.map((row) => [...row]);
  for (let column = attributes - 1; column >= 0; column--) {
    const values = new Set(merged.map((row) => row[column] ?? ""));
    const alike = new Map<string, string[]>();
    for (const row of merged) {
      const key = row.toSpliced(column, 1, "").join("\n");
      alike.set(key, [...(alike.get(key) ?? []), row[column] ?? ""]);
    }
    merged = [...alike].map(([key, found]) => {
      const row = key.split("\n");
      row[column] = found.length === values.size && values.size > 1 ? "any" : found.join(" ");
      return row;
    });
  }
  return merged;
}
