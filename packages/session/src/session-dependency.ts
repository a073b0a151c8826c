import { App, RequestValidationError } from "@madeleine/core";
import { dependency, type Dependency } from "@madeleine/di";
import { HTTPException, isWebResponse, Request, Response } from "@madeleine/http";
import { ActiveSession } from "./active-session.ts";
import type { SessionCarrier } from "./keeping/keeping.ts";
import type { Session } from "./session.ts";
import type { SessionSettings } from "./settings.ts";

/** The session of a request, as a dependency: opened before the handler, saved when it has returned, watched until the last byte. */
export function sessionDependency<Data>(
  settings: SessionSettings<Data>,
  carrier: Dependency<SessionCarrier>,
): Dependency<Session<Data>> {
  const { name } = settings;
  const held = dependency(
    { app: App, request: Request, response: Response, carrier },
    async function* ({ app, request, response, carrier }) {
      addVary(response);
      const session = await ActiveSession.open(settings, carrier, request, settings.logger ?? app.logger);
      yield session;
      session.checkUnchanged();
    },
    { name: `session ${name} until the last byte`, until: "response" },
  );
  return dependency(
    { session: held, response: Response },
    async function* ({ session, response }): AsyncGenerator<Session<Data>> {
      try {
        yield session;
      } catch (error) {
        if (isAnswer(error)) await saveSession(session, response);
        else session.abandon();
        throw error;
      }
      await saveSession(session, response);
    },
    { name: `session ${name}` },
  );
}

async function saveSession<Data>(session: ActiveSession<Data>, response: Response): Promise<void> {
  await session.save();
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
