import { App, RequestValidationError } from "@madeleine/core";
import { dependency, type Dependency } from "@madeleine/di";
import { HTTPException, isWebResponse, Request, Response } from "@madeleine/http";
import { ActiveSession } from "./active-session.ts";
import type { SessionCarrier } from "./keeping/keeping.ts";
import type { Session } from "./session.ts";
import type { SessionSettings } from "./settings.ts";

/**
 * The session of a request, as a dependency: opened before the handler, saved when it has returned, watched until the last byte.
 *
 * Cost: generators that are not asynchronous, so that a request without a cookie waits for nothing, and one that changes nothing only
 *       for its row.
 */
export function sessionDependency<Data>(
  settings: SessionSettings<Data>,
  carrier: Dependency<SessionCarrier>,
): Dependency<Session<Data>> {
  const { name, logger } = settings;
  const opened = dependency(
    { app: App, request: Request, response: Response, carrier },
    ({ app, request, response, carrier }) => {
      addVary(response);
      return ActiveSession.open(settings, carrier, request, logger ?? app.logger);
    },
    { name: `session ${name}, opened` },
  );
  const watched = dependency({ session: opened }, watch<Data>, {
    name: `session ${name} until the last byte`,
    until: "response",
  });
  return dependency({ session: watched, response: Response }, save<Data>, { name: `session ${name}` });
}

function* watch<Data>({ session }: { session: ActiveSession<Data> }): Generator<ActiveSession<Data>, void> {
  yield session;
  session.checkUnchanged();
}

interface Saved<Data> {
  readonly session: ActiveSession<Data>;
  readonly response: Response;
}

function* save<Data>({ session, response }: Saved<Data>): Generator<Session<Data>, void | Promise<void>> {
  try {
    yield session;
  } catch (error) {
    if (isAnswer(error)) return rethrow(saveSession(session, response), error);
    session.abandon();
    throw error;
  }
  return saveSession(session, response);
}

async function rethrow(saving: void | Promise<void>, error: unknown): Promise<never> {
  await saving;
  throw error;
}

function saveSession<Data>(session: ActiveSession<Data>, response: Response): void | Promise<void> {
  const saving = session.save();
  return saving === undefined ? keepPrivate(session, response) : saving.then(() => keepPrivate(session, response));
}

/** What was made with a session is for one visitor. */
function keepPrivate<Data>(session: ActiveSession<Data>, response: Response): void {
  if (!(session.isNew && !response.hasCookies) && !response.headers.has("cache-control"))
    response.headers.set("cache-control", "private");
}

/** Whether what was thrown is an answer that was meant: a redirect to the login page, a 403, a 422. After a bug nothing is saved. */
function isAnswer(error: unknown): boolean {
  if (error instanceof Response || isWebResponse(error) || error instanceof HTTPException) return error.status < 500;
  return error instanceof RequestValidationError;
}

/** What a page shows may depend on the session, also where there was none: caches must know (RFC 9110 §12.5.5). */
function addVary({ headers }: Response): void {
  const vary = headers.get("vary");
  if (vary === undefined) headers.set("vary", "Cookie");
  else if (vary !== "*" && !/(?:^|,)\s*cookie\s*(?:,|$)/i.test(vary)) headers.set("vary", `${vary}, Cookie`);
}
