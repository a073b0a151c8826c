import { geometricMean } from "./statistics.mjs";

/** One Markdown table: a row for each workload, a column for each peer: the ratio to raw with its interval, and the processor time. */
export function toTable(results, peers) {
  const rows = Object.entries(results).map(([name, byPeer]) => [name, ...peers.map((peer) => toCell(byPeer[peer]))]);
  const means = peers.map((peer) => geometricMean(Object.values(results).map((byPeer) => byPeer[peer].ratio)).toFixed(2));
  return toMarkdown(["workload", ...peers], rows.length > 1 ? [...rows, ["geometric mean", ...means]] : rows);
}

/** Startup and memory, in the same form. */
export function toStartupTable(startup, peers) {
  const rows = ["hello", "routes1000"].flatMap((name) => [
    [`${name}, first answer (ms)`, ...peers.map((peer) => startup[peer][name].ms.toFixed(0))],
    [`${name}, RSS (MiB)`, ...peers.map((peer) => startup[peer][name].mebibytes.toFixed(0))],
  ]);
  return toMarkdown(["startup", ...peers], rows);
}

function toCell({ ratio, interval, cpu }) {
  const [low, high] = interval.map((bound) => bound.toFixed(2));
  return `${ratio.toFixed(2)} [${low}, ${high}] ${cpu.toFixed(1)} µs`;
}

function toMarkdown(head, rows) {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column].length)));
  const toLine = (cells) => `| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(" | ")} |`;
  return [toLine(head), `|${widths.map((width) => "-".repeat(width + 2)).join("|")}|`, ...rows.map(toLine)].join("\n");
}
