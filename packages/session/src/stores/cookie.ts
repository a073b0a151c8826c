/** Says that sessions are in no store: each is in its cookie. Made by {@link cookieStore}. */
export interface CookieStore {
  readonly keptIn: "cookie";
}

/**
 * Keeps each session in its own cookie, encrypted with AES-256-GCM under the application's `secrets`: nothing on the server, any number
 * of machines, and at most about 2,800 bytes of data.
 *
 * The server forgets such a session as soon as it has answered. So `destroy()` and `regenerate()` replace the cookie in the browser, while
 * a copy that somebody else has stays good until `maxAge` or `absoluteMaxAge`; nobody can list or end the sessions of a user; and of two
 * requests at once the later answer counts. Where any of that matters, take a store on the server.
 *
 * Shape: `defineSession({ cookie: "__Host-session", secure: true, data, maxAge: 1800, absoluteMaxAge: 86_400, store: cookieStore() })`
 */
export function cookieStore(): CookieStore {
  return { keptIn: "cookie" };
}

/** Tells it from a store on the server. */
export function isCookieStore(store: object | undefined): store is CookieStore {
  return store !== undefined && "keptIn" in store && store.keptIn === "cookie";
}
