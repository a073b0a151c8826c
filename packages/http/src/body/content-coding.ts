import type { BrotliDecompress, Gunzip, Inflate } from "node:zlib";
import { HTTPException } from "../http-exception.ts";
import { nodeZlib } from "../node-modules.ts";

/** How a body may be compressed. */
export type ContentCoding = "gzip" | "deflate" | "br";

/** What undoes each coding. */
export const inflaters = {
  gzip: (): Gunzip => nodeZlib().createGunzip(),
  deflate: (): Inflate => nodeZlib().createInflate(),
  br: (): BrotliDecompress => nodeZlib().createBrotliDecompress(),
} as const;

/**
 * The coding that a Content-Encoding names; `undefined` for none and for `identity`.
 *
 * Shape:  `"GZip"` and `"x-gzip"` give `"gzip"`; `"identity, br"` gives `"br"`.
 * Source: RFC 9110 §8.4.1; §12.5.3 for the header of the 415.
 * Errors: HTTPException 415 for another coding, and for two: each layer of a chain may multiply by a thousand (LM-15).
 */
export function parseContentCoding(contentEncoding: string | undefined): ContentCoding | undefined {
  if (contentEncoding === undefined) return undefined;
  const [name, ...more] = contentEncoding
    .split(",", MAX_MEMBERS)
    .map((coding) => coding.trim().toLowerCase())
    .filter((coding) => coding !== "" && coding !== "identity");
  if (name === undefined) return undefined;
  const coding = name === "x-gzip" ? "gzip" : name;
  if (more.length === 0 && Object.hasOwn(inflaters, coding)) return coding as ContentCoding; // an own key of `inflaters`
  throw new HTTPException(415, "Unsupported Content-Encoding", { "accept-encoding": "gzip, deflate, br" });
}

const MAX_MEMBERS = 10;
