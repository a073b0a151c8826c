import { existsSync, readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { fileURLToPath } from "node:url";

const maps = new Map();

/**
 * The file that a place of a bundle was written in; the bundle itself where it has no map.
 *
 * Shape: `file:///repo/packages/core/dist/index.js`, line 812 gives `file:///repo/packages/core/src/handler.ts`.
 */
export function sourceFileOf({ url, lineNumber, columnNumber }) {
  if (!maps.has(url)) maps.set(url, readMap(url));
  const source = maps.get(url)?.findEntry(lineNumber, columnNumber)?.originalSource;
  return source === undefined ? url : new URL(source, url).href;
}

function readMap(url) {
  const file = url.startsWith("file:") ? fileURLToPath(`${url}.map`) : undefined;
  return file !== undefined && existsSync(file) ? new SourceMap(JSON.parse(readFileSync(file, "utf8"))) : undefined;
}
