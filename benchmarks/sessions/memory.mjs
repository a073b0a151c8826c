/**
 * What reading a session from memory costs, and what its steps do: `npm run -w benchmarks/sessions start` or
 * `node --import @oxc-node/core/register --conditions=@madeleine/source benchmarks/sessions/memory.mjs`.
 *
 * In one process, contestants in turns, the fastest of 60 rounds of each: whatever else the machine does only adds to a round.
 */
import { App } from "@madeleine/core";
import { dependency } from "@madeleine/di";
import { Request } from "@madeleine/http";
import { defineSession, memoryStore } from "@madeleine/session";
import { toStoreKey } from "../../packages/session/src/session-id.ts";
import { OutgoingResponse } from "../http/in-process/message.mjs";
import { available, cookie, data, name, options, readSession, schema, storeSessions, text } from "./session.mjs";
import { takeTurns } from "./take-turns.mjs";

const store = memoryStore();
const rows = available(store);
const sessions = await storeSessions(store, 1000);
const parsed = sessions.map(() => data.read(text).data);

let at = 0;
const next = () => (at = (at + 1) % sessions.length);

const Login = defineSession({ ...options, data: schema, store });
const nothing = dependency({ request: Request }, async ({ request }) => request, { name: "nothing" });
const app = new App();
app.get("/none", () => "ada");
app.get("/async", { nothing }, () => "ada");
app.get("/session", { session: Login }, ({ session }) => session.data.username);
await app.boot();

/** A request and its answer without a socket. */
function answerOf(path) {
  const makers = sessions.map(({ create }) => create(path));
  return () =>
    new Promise((resolve, reject) => {
      const request = makers[next()]();
      const done = ({ statusCode: status }) => (status === 200 ? resolve() : reject(new Error(`${path} answers ${status}`)));
      app.callback(request, new OutgoingResponse(request, done));
    });
}

await takeTurns({
  "a session is found and read": () => readSession(rows, sessions[next()].request, false),
  "  and seen to be unchanged": () => readSession(rows, sessions[next()].request, true),
  "the cookie is found and checked": () => cookie.read(sessions[next()].request),
  "the id is hashed": () => toStoreKey(name, sessions[next()].id),
  "the row is found": () => store.read(sessions[next()].key),
  "  where a failure would be a 503": () => rows.read(sessions[next()].key),
  "its JSON is parsed": () => JSON.parse(text),
  "  and checked by the schema": () => data.read(text),
  "it is written again, only where it changed": () => data.write(parsed[next()], []),
  "a request in process without a session": answerOf("/none"),
  "  with an asynchronous dependency": answerOf("/async"),
  "  with a session": answerOf("/session"),
});
await app.close();
