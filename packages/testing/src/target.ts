import { toUrlencoded, type Fields } from "./fields.ts";

/** Where a request goes: `url` for cookies and redirects, `path` as it stands in the request line. */
export interface Target {
  readonly url: URL;
  readonly path: string;
}

/**
 * Turns a path, or a whole URL of the application, into a target.
 *
 * Shape: `toTarget("/a/../b", { page: 2 }, base)` keeps the path `/a/../b?page=2`. `new URL` would resolve the dots, `%2e%2e`
 *        too, and a test of path traversal would test nothing; so the path is sent as it is written, and only what cannot stand
 *        in a request line is percent-encoded.
 * Errors: a path without a leading slash, a URL of another application.
 */
export function toTarget(path: string, query: Fields | undefined, base: URL): Target {
  if (/^https?:\/\//i.test(path)) return toOwnUrl(new URL(path), query, base);
  if (!path.startsWith("/")) throw new TypeError(`a path starts with "/": ${JSON.stringify(path)}`);
  const written = withQuery(path.replace(/#.*$/, ""), query).replaceAll(/[^\x21-\x7e]+/g, encodeURIComponent);
  return { url: new URL(base.origin + written), path: written }; // not new URL(path, base): "//evil" would name another host
}

/** Whether a URL is one that the application answers: its own origin, or a subdomain of it. */
export function isOwn(url: URL, base: URL): boolean {
  if (url.protocol !== base.protocol || url.port !== base.port) return false;
  return url.hostname === base.hostname || url.hostname.endsWith(`.${base.hostname}`);
}

function toOwnUrl(url: URL, query: Fields | undefined, base: URL): Target {
  if (!isOwn(url, base)) throw new TypeError(`${url.origin} is not ${base.origin}, where the application is`);
  return { url, path: withQuery(url.pathname + url.search, query) };
}

function withQuery(path: string, query: Fields | undefined): string {
  const text = query === undefined ? "" : toUrlencoded(query);
  if (text === "") return path;
  return `${path}${path.includes("?") ? "&" : "?"}${text}`;
}
