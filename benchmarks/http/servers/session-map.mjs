import { randomUUID } from "node:crypto";

const maxAgeMs = 1_800_000;
const rows = new Map();

/** The attributes of the cookie that carries the id. */
export const sessionAttributes = { maxAge: maxAgeMs / 1000, path: "/", httpOnly: true, sameSite: "lax" };

/** Begins a session in memory, and gives its id: what the peers without sessions of their own do by hand. */
export function beginSession(username) {
  const id = randomUUID();
  rows.set(id, { username, expiresAt: Date.now() + maxAgeMs });
  return id;
}

/** The name of who signed in, while the session lasts. */
export function findUsername(id) {
  const row = rows.get(id);
  return row === undefined || row.expiresAt < Date.now() ? undefined : row.username;
}
