import { Request, Response } from "@madeleine/http";
import { z } from "zod";
import { ActiveSession } from "../../packages/session/src/active-session.ts";
import { AvailableStore } from "../../packages/session/src/available-store.ts";
import { IdCarrier, IdCookie } from "../../packages/session/src/keeping/id-cookie.ts";
import { toLifetimeRules } from "../../packages/session/src/lifetime.ts";
import { SessionData } from "../../packages/session/src/session-data.ts";
import { SharedRows } from "../../packages/session/src/shared-rows.ts";
import { createSessionId, toStoreKey } from "../../packages/session/src/session-id.ts";
import { requestMaker } from "../http/in-process/message.mjs";

export const name = "session_id";
export const options = { cookie: name, maxAge: 1800, absoluteMaxAge: 86_400, rolling: true };
export const schema = z.object({
  username: z.string().optional(),
  theme: z.string().default("light"),
  visits: z.number().default(0),
});
export const text = JSON.stringify({ data: { username: "ada", theme: "dark", visits: 7 }, flashes: [] });
export const data = new SessionData(name, schema, 65_536);
export const cookie = new IdCookie(name, { httpOnly: true, secure: "auto" });

const logger = { error: console.error, warn: console.error, info: console.error };
const settings = {
  name,
  data,
  shared: new SharedRows((text) => data.read(text)),
  rules: toLifetimeRules(name, options),
  keyOf: (secret) => toStoreKey(name, secret),
  hasUsers: false,
  userOf: () => undefined,
};

/** Sessions in a store, each with its id, its key, and what makes requests that bring its cookie among three others. */
export async function storeSessions(store, count) {
  const now = Date.now();
  const lifetime = {
    begunAt: now,
    usedAt: now,
    expiresAt: now + 1_800_000,
    endsAt: now + 86_400_000,
    idleMs: 1_800_000,
    isLasting: false,
  };
  return Promise.all(
    Array.from({ length: count }, async () => {
      const id = createSessionId();
      const key = toStoreKey(name, id);
      await store.write(key, { revision: 1, lifetime, user: undefined, data: text }, 0);
      const create = (path) => requestMaker({ path, headers: { cookie: `theme=dark; consent=1; ${name}=${id}; a=b` } });
      return { id, key, create, request: new Request(create("/")()) };
    }),
  );
}

/** Rows as an application asks for them. */
export function available(store) {
  return new AvailableStore(name, store, logger);
}

/** What a request does with its session that reads it; `saves` is what comes after the handler. */
export async function readSession(rows, request, saves) {
  const session = new ActiveSession(settings, new IdCarrier(cookie, rows, request, new Response()), request, logger);
  const opening = session.open();
  if (opening instanceof Promise) await opening;
  if (session.data.username !== "ada") throw new Error("this is not the session");
  if (saves) await session.save();
}
