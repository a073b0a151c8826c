import { isIPv6 } from "node:net";

/**
 * Whether a text may stand as `Host` or as the authority of a URL. Only letters, digits, `.`, `-`, `_` and `~` make a name:
 * narrower than RFC 3986's reg-name, whose `,`, `%` and `@` are attacks in practice (PX-01).
 *
 * Shape:  `"example.com:8000"`, `"[::1]:80"` pass; `""`, `"a@evil"`, `"a/x?y"`, `"a,b"`, `"[::1"`, `"a:99999"` do not.
 * Source: RFC 9112 §3.2, RFC 3986 §3.2.2.
 */
export function isValidHost(host: string): boolean {
  if (host.startsWith("[")) return isValidLiteral(host);
  let at = 0;
  while (at < host.length && NAME_CHARACTERS[host.charCodeAt(at)] === 1) at++;
  return at > 0 && isValidPort(host, at);
}

/**
 * The host without its port, in lower case.
 *
 * Shape: `"Example.com:8000"` gives `"example.com"`, `"[::1]:80"` gives `"[::1]"`.
 */
export function hostnameOf(host: string): string {
  const colon = host.indexOf(":", host.startsWith("[") ? host.indexOf("]") : 0);
  return (colon === -1 ? host : host.slice(0, colon)).toLowerCase();
}

/**
 * Whether two authorities name the same server: by case-folded host, and by port, where the scheme's default may be left out.
 *
 * Source: RFC 9112 §3.2.2 with RFC 3986 §6.2.3.
 */
export function isSameAuthority(first: string, second: string, defaultPort: number): boolean {
  return normaliseAuthority(first, defaultPort) === normaliseAuthority(second, defaultPort);
}

function normaliseAuthority(authority: string, defaultPort: number): string {
  const hostname = hostnameOf(authority);
  const port = authority.slice(hostname.length + 1);
  return `${hostname}:${port === "" ? defaultPort : Number(port)}`;
}

function isValidLiteral(host: string): boolean {
  const bracket = host.indexOf("]");
  // A zone (`fe80::1%eth0`) means something on the client's machine only.
  return bracket !== -1 && isIPv6(host.slice(1, bracket)) && !host.includes("%") && isValidPort(host, bracket + 1);
}

// Digit by digit: this runs for every request, and a regular expression costs 0.1 µs.
function isValidPort(host: string, at: number): boolean {
  if (at === host.length) return true;
  if (host[at] !== ":" || host.length - at > 6) return false;
  let port = 0;
  for (let index = at + 1; index < host.length; index++) {
    const digit = host.charCodeAt(index) - 0x30;
    if (digit < 0 || digit > 9) return false;
    port = port * 10 + digit;
  }
  return port <= 65_535;
}

/** By character code: this runs for every request, and a table costs 1 ns per character. */
const NAME_CHARACTERS = new Uint8Array(128);
for (const character of "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_~") {
  NAME_CHARACTERS[character.charCodeAt(0)] = 1;
}
