import type { Request, Response } from "@madeleine/http";
import { createSessionId, readSessionId } from "../session-id.ts";

/** Whose cookie a token is bound to: that of a `defineSession(…)` is enough. */
export interface SessionCookieName {
  readonly cookie: string;
}

/** What a visitor's tokens are bound to: the session's id, else that of a cookie for visitors without a session. */
export function readSecret(request: Request, session: SessionCookieName | undefined): string | undefined {
  const id = session && readSessionId(request.cookies.getAll(session.cookie));
  return id ?? readSessionId(request.cookies.getAll(visitorCookie(request)));
}

export function giveSecret(request: Request, response: Response): string {
  const secret = createSessionId();
  const { secure } = request;
  response.setCookie(visitorCookie(request) as string, secret, { httpOnly: true, sameSite: "lax", secure, path: "/" });
  return secret;
}

/** Over https under a prefix that no subdomain can set (CS-03); browsers refuse it over http. */
function visitorCookie({ secure }: Request): string {
  return secure ? "__Host-csrf" : "csrf";
}
