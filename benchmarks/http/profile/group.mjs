import { sourceFileOf } from "./source-files.mjs";

/**
 * Groups the self time of a CPU profile by what spends it, in microseconds for one request.
 *
 * Shape:  `{ total: 14.2, groups: Map { "socket write" => 5.6, … }, files: Map { "@madeleine/core/src/handler.ts" => 0.4, … },
 *         functions: Map { "@madeleine/core/src/handler.ts respond" => 0.2, … } }`. Idle time does not count, nor does the profiler.
 * Source: the Chrome DevTools protocol, `Profiler.Profile`.
 */
export function groupProfile({ nodes, samples, timeDeltas }, requests) {
  const parents = new Map(nodes.flatMap((node) => (node.children ?? []).map((child) => [child, node.id])));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const places = new Map(nodes.map((node) => [node.id, placeOf(node, parents, byId)]));
  const sums = { groups: new Map(), files: new Map(), functions: new Map() };
  let total = 0;
  for (const [index, id] of samples.entries()) {
    const { group, file, name } = places.get(id);
    if (group === "idle") continue;
    const microseconds = timeDeltas[index] / requests;
    total += microseconds;
    add(sums.groups, group, microseconds);
    if (file === undefined) continue;
    add(sums.files, file, microseconds);
    add(sums.functions, `${file} ${name || "(anonymous)"}`, microseconds);
  }
  return { total, ...sums };
}

function add(sums, key, amount) {
  sums.set(key, (sums.get(key) ?? 0) + amount);
}

function placeOf(node, parents, byId) {
  const { functionName, url } = node.callFrame;
  if (functionName === "(idle)" || url === "node:inspector") return { group: "idle" };
  if (functionName === "(garbage collector)") return { group: "gc" };
  if (functionName === "(program)") return { group: "libuv, syscalls, parser" };
  if (url === "")
    return { group: nativeGroup(functionName), file: "builtins", name: `${functionName} < ${callerOf(node, parents, byId)}` };
  if (url.startsWith("node:")) return { group: "node's http, streams, ticks", file: url, name: functionName };
  const file = shorten(sourceFileOf(node.callFrame));
  return { group: groupOfFile(file), file, name: functionName };
}

function nativeGroup(name) {
  return /^(writeLatin1String|writeUtf8String|writev|writeBuffer|writeAsciiString)$/.test(name) ? "socket write" : "builtins";
}

function callerOf(node, parents, byId) {
  const caller = byId.get(parents.get(node.id));
  return caller === undefined
    ? ""
    : `${caller.callFrame.functionName || "(anonymous)"} ${shorten(sourceFileOf(caller.callFrame))}`;
}

/** Shape: `file:///repo/packages/core/src/handler.ts` gives `@madeleine/core/src/handler.ts`. */
function shorten(url) {
  return url
    .replace(/^.*\/node_modules\//, "")
    .replace(/^.*\/packages\//, "@madeleine/")
    .replace(/^.*\/benchmarks\/http\//, "");
}

function groupOfFile(file) {
  if (/^(dist\/)?(servers|data|schemas|server)\b/.test(file)) return "handlers of the workload";
  return file.split("/", file.startsWith("@") ? 2 : 1).join("/");
}
