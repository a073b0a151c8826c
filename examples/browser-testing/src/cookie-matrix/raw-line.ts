import type { CookieCase, Origin } from "./cookie-case.ts";

/**
 * The `Set-Cookie` value that a library without rules would send: attributes go out as they are.
 *
 * Shape: `__Host-a` with `domain: "example.test"` is `"__Host-a=1; Domain=example.test; Path=/; SameSite=lax"`.
 */
export function rawLine({ name, value, attributes }: CookieCase, { isHttps }: Origin): string {
  const { maxAge, expires, path = "/", domain, secure, httpOnly, sameSite = "lax", partitioned, priority } = attributes;
  const isSecure = secure === "auto" ? isHttps : secure;
  return [
    `${name}=${value}`,
    ...(maxAge === undefined ? [] : [`Max-Age=${maxAge}`]),
    ...(expires === undefined ? [] : [`Expires=${expires instanceof Date ? expires.toUTCString() : String(expires)}`]),
    ...(domain === undefined ? [] : [`Domain=${domain}`]),
    ...(path === null ? [] : [`Path=${path}`]),
    ...(sameSite === null ? [] : [`SameSite=${sameSite}`]),
    ...(httpOnly ? ["HttpOnly"] : []),
    ...(isSecure ? ["Secure"] : []),
    ...(partitioned ? ["Partitioned"] : []),
    ...(priority === undefined ? [] : [`Priority=${priority}`]),
  ].join("; ");
}
