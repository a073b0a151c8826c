import type { Request, Response } from "@madeleine/http";
import { createSessionId, readSessionId } from "../session-id.ts";

/** Whose cookie a token is bound to: that of a `defineSession(…)` is enough. */
export interface SessionCookieName {
  readonly cookie: string;
}

/** How a definition says what its tokens are bound to: the name of a cookie alone does not say what is sealed in it. */
export const secretOf: unique symbol = Symbol("secretOf");

/** How it says what they will be bound to, should the answer begin a session, or give it another id. */
export const nextSecretOf: unique symbol = Symbol("nextSecretOf");

/** A definition, as tokens see it. */
export interface BoundSession extends SessionCookieName {
  readonly [secretOf]?: (request: Request) => string | undefined;
  readonly [nextSecretOf]?: (request: Request) => string;
}

/** What a visitor's tokens are bound to: the session's id, else that of a cookie for visitors without a session. */
export function readSecret(request: Request, session: BoundSession | undefined): string | undefined {
  return (session && secretOfSession(request, session)) ?? readSessionId(request.cookies.getAll(visitorCookie(request)));
}

function secretOfSession(request: Request, { cookie, [secretOf]: read }: BoundSession): string | undefined {
  return read === undefined ? readSessionId(request.cookies.getAll(cookie)) : read(request);
}

/** The cookie for a visitor without a session: one, however many tokens its page has. */
export function giveSecret(request: Request, response: Response): string {
  const secret = given.get(request.raw) ?? createSessionId();
  given.set(request.raw, secret);
  const { secure } = request;
  response.setCookie(visitorCookie(request) as string, secret, { httpOnly: true, sameSite: "lax", secure, path: "/" });
  return secret;
}

const given = new WeakMap<Request["raw"], string>();

/** Over https under a prefix that no subdomain can set (CS-03); browsers refuse it over http. */
function visitorCookie({ secure }: Request): string {
  return secure ? "__Host-csrf" : "csrf";
}
