/**
 * The load and the checks of a workload on one server. Where it has a session, somebody signs in there first, and the server's own
 * cookie is sent with every request that is not `anonymous`, after five others.
 */
export async function signIn(url, { load, checks, signInAt }) {
  if (signInAt === undefined) return { load, checks };
  const response = await fetch(url + signInAt, { method: "POST" });
  const [line] = response.headers.getSetCookie();
  if (line === undefined) throw new Error(`POST ${url}${signInAt} answers ${response.status} and sets no cookie`);
  return withSession({ load, checks }, line);
}

/** The load and the checks with the cookie of a `Set-Cookie` line. */
export function withSession({ load, checks }, line) {
  const cookie = `${otherCookies}; ${line.split(";")[0]}`;
  const withCookie = (request) => (request.anonymous ? request : { ...request, headers: { ...request.headers, cookie } });
  return { load: withCookie(load), checks: checks.map(withCookie) };
}

/** What a browser sends along. */
export const otherCookies = "_ga=GA1.2.1122334455.1700000000; theme=dark; lang=en-GB; consent=all; cart=a1b2c3d4e5f6";
