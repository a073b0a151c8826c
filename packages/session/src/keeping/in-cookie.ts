import { App, Cookie, SteadyLog, type Logger } from "@madeleine/core";
import { dependency } from "@madeleine/di";
import { CookieDefinition, type CookieAttributes } from "@madeleine/http";
import { $ZodOptional, $ZodString } from "zod/v4/core";
import { isAhead } from "../lifetime.ts";
import { doubtMilliseconds } from "../milliseconds-doubt.ts";
import { sessionDependency } from "../session-dependency.ts";
import type { SessionSettings } from "../settings.ts";
import { refuseUsers } from "../user-sessions.ts";
import type { SessionKeeping } from "./keeping.ts";
import { SealedCarrier, type SealedCookie } from "./sealed-carrier.ts";
import { fromSealedText, type CarriedSession } from "./sealed-text.ts";

/**
 * Sessions that their cookies hold, encrypted. The carrier needs the cookie as any other input is needed, so that an application
 * without secrets does not boot, and a cookie under an older secret is sent anew.
 *
 * Errors: CookieError for what a browser would drop; TypeError where the sessions of a user are wanted.
 */
export function keepInCookie<Data>(settings: SessionSettings<Data>, attributes: CookieAttributes): SessionKeeping<Data> {
  const { name, hasUsers, logger } = settings;
  if (hasUsers) throw new TypeError(`defineSession "${name}": ${unlisted}, or no user`);
  const rules = { protection: "encrypted", isCleaned: false, category: undefined } as const;
  const cookie: SealedCookie = new CookieDefinition(name, Text, attributes, rules);
  const options = { scope: "app", name: `log of session ${name}` } as const;
  const log = dependency({ app: App }, ({ app }) => openLog(settings, logger ?? app.logger), options);
  const carried = dependency({ sealed: Cookie(cookie), log }, ({ sealed, log }) => readCurrent(sealed, name, log), {
    name: `cookie of session ${name}`,
  });
  return {
    session: sessionDependency(
      settings,
      carried,
      (carried, request, response) => new SealedCarrier(cookie, response, carried, request.cookies.has(name)),
    ),
    users: refuseUsers(`session "${name}": ${unlisted}`),
    secretOf: (request) => fromSealedText(request.cookies.get(cookie) ?? "")?.secret,
  };
}

function openLog<Data>(settings: SessionSettings<Data>, logger: Logger): SteadyLog {
  doubtMilliseconds(settings, logger);
  return new SteadyLog(logger);
}

/**
 * The session that a genuine cookie holds. One that was used in the future has outlived its clock: on the server its row would be
 * brought back by as much, but of a cookie somebody may keep a copy (SE-12).
 */
function readCurrent(sealed: string | undefined, name: string, log: SteadyLog): CarriedSession | undefined {
  const carried = sealed === undefined ? undefined : fromSealedText(sealed);
  if (carried === undefined || !isAhead(carried.row.lifetime, Date.now())) return carried;
  log.warn({}, `the cookie of session "${name}" was sealed by a clock that is ahead of this one; a new session begins`);
  return undefined;
}

// The constructor's type forgets what it wraps.
const Text = new $ZodOptional({ type: "optional", innerType: new $ZodString({ type: "string" }) }) as $ZodOptional<$ZodString>;

const unlisted = "its sessions are in cookies, and nobody knows which there are. mend: store: redisStore({ url })";
