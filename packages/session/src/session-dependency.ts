import { App, RequestValidationError, type Logger } from "@madeleine/core";
import { endingDependency, type Dependency, type Failure, type Provides, type Unwinding } from "@madeleine/di";
import { HTTPException, isWebResponse, Request, Response, ResponseHeaders } from "@madeleine/http";
import { ActiveSession } from "./active-session.ts";
import type { SessionCarrier } from "./keeping/carrier.ts";
import type { Session } from "./session.ts";
import type { SessionSettings } from "./settings.ts";

/**
 * The session of a request, as a dependency: opened before the handler, saved when it has returned, and looked at once more when the
 * answer is on its way, where somebody holds its data.
 *
 * Cost: a request whose session is in memory, or which has none, waits for nothing.
 */
export function sessionDependency<Data, Kept>(
  settings: SessionSettings<Data>,
  kept: Provides<Kept>,
  carry: (kept: Kept, request: Request, response: Response) => SessionCarrier,
): Dependency<Session<Data>> {
  const name = `session ${settings.name}`;
  const needs = { app: App, request: Request, response: Response, kept };
  return endingDependency(
    needs,
    ({ app, request, response, kept }, unwinding) => {
      addVary(response);
      const logger: Logger = settings.logger ?? app.logger;
      const session = new ActiveSession(settings, carry(kept, request, response), request, logger);
      const opening = session.open();
      if (opening === undefined) return endLater(session, response, unwinding, name);
      return opening.then(() => endLater(session, response, unwinding, name));
    },
    { name },
  );
}

function endLater<Data>(session: ActiveSession<Data>, response: Response, unwinding: Endings, name: string): Session<Data> {
  unwinding.add((failure) => end(session, response, unwinding, failure), "handler", name);
  return session;
}

type Endings = Pick<Unwinding, "add" | "addLook">;

/** Saves the session, also where what was thrown is an answer that was meant. After a bug it stays as it was before the request. */
function end<Data>(
  session: ActiveSession<Data>,
  response: Response,
  unwinding: Endings,
  failure: Failure | undefined,
): void | Promise<void> {
  if (failure !== undefined && !isAnswer(failure.error)) return session.abandon();
  const saving = session.save();
  if (saving === undefined) settle(session, response, unwinding, failure);
  else return saving.then(() => settle(session, response, unwinding, failure));
}

function settle<Data>(session: ActiveSession<Data>, response: Response, unwinding: Endings, failure: Failure | undefined): void {
  keepPrivate(session, response);
  if (!session.isHandedOut) return;
  const look = session.lookForLateChange();
  if (failure === undefined) unwinding.addLook(look);
  else setImmediate(look, undefined); // of what was thrown all ends at once, before anything can be late
}

/** What was made with a session is for one visitor. */
function keepPrivate<Data>(session: ActiveSession<Data>, response: Response): void {
  if (!(session.isNew && !response.hasCookies) && !response.headers.has("cache-control"))
    response.headers.appendLine(ownHeaders, 2);
}

/** Whether what was thrown is an answer that was meant: a redirect to the login page, a 403, a 422. After a bug nothing is saved. */
function isAnswer(error: unknown): boolean {
  if (error instanceof Response || isWebResponse(error) || error instanceof HTTPException) return error.status < 500;
  return error instanceof RequestValidationError;
}

/** What a page shows may depend on the session, also where there was none: caches must know (RFC 9110 §12.5.5). */
function addVary({ headers }: Response): void {
  const vary = headers.get("vary");
  if (vary === undefined) headers.appendLine(ownHeaders, 0);
  else if (vary !== "*" && !/(?:^|,)\s*cookie\s*(?:,|$)/i.test(vary)) headers.set("vary", `${vary}, Cookie`);
}

const ownHeaders = new ResponseHeaders({ vary: "Cookie", "cache-control": "private" }); // checked once
