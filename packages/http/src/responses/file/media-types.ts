import otherTypes from "mime/types/other.js";
import standardTypes from "mime/types/standard.js";
import { extname } from "node:path";

/**
 * The media type that a file's extension stands for; null for one that nobody knows.
 *
 * Shape: `"report.PDF"` gives `"application/pdf"`.
 * Source: the whole list of mime-db: the files that people send are office documents and archives more often than web pages. Put in
 *         order when the first file is sent, since that costs 8 ms, and most applications send none.
 */
export function mediaTypeOf(name: string): string | null {
  byExtension ??= orderByExtension();
  return byExtension.get(extname(name).slice(1).toLowerCase()) ?? null;
}

let byExtension: ReadonlyMap<string, string> | undefined;

function orderByExtension(): ReadonlyMap<string, string> {
  const types = [...Object.entries(standardTypes), ...Object.entries(otherTypes)];
  const preferred = types.flatMap(([type, extensions]) =>
    extensions.filter((extension) => !extension.startsWith("*")).map((extension) => [extension, type] as const),
  );
  return new Map(preferred); // a star marks an extension whose first type is another one
}
