/** When a session begins and ends. All times are milliseconds since 1970, by the clock of the application. */
export interface SessionLifetime {
  readonly begunAt: number;
  /** When it was last used: of a rolling session to within a tenth of its idle time, else when it was last written. */
  readonly usedAt: number;
  readonly expiresAt: number;
  /** The end that no use moves; null where there is none. */
  readonly endsAt: number | null;
  readonly idleMs: number;
  /** Whether the cookie outlasts the browser. */
  readonly isLasting: boolean;
}

/** How long the sessions of one definition live. */
export interface LifetimeRules {
  readonly idleMs: number;
  readonly absoluteMs: number | undefined;
  /** Whether each use begins the idle time anew. */
  readonly isRolling: boolean;
}

/** The times of a definition, as its author writes them: seconds. */
interface GivenTimes {
  readonly maxAge: number;
  readonly absoluteMaxAge?: number | undefined;
  readonly rolling?: boolean | undefined;
}

/** For how long a browser keeps a cookie at most. Units: seconds. Source: rfc6265bis §5.5. */
export const maxCookieSeconds = 400 * 86_400;

/**
 * Errors: RangeError for what is no whole number of seconds, and for a `maxAge` that outlasts every cookie: milliseconds, most often.
 *         `absoluteMaxAge` may be longer, since each use of a rolling session sends its cookie anew.
 */
export function toLifetimeRules(name: string, { maxAge, absoluteMaxAge, rolling = false }: GivenTimes): LifetimeRules {
  for (const [option, seconds] of Object.entries({ maxAge, absoluteMaxAge })) {
    if (seconds === undefined && option === "absoluteMaxAge") continue;
    if (!Number.isSafeInteger(seconds) || (seconds as number) < 1)
      throw new RangeError(`defineSession "${name}": ${option} is a whole number of seconds from 1, not ${String(seconds)}`);
  }
  if (maxAge > maxCookieSeconds) {
    const what = `maxAge is ${maxAge} seconds, and no browser keeps a cookie for more than ${maxCookieSeconds} (400 days)`;
    throw new RangeError(`defineSession "${name}": ${what}. mend: seconds; ${maxAge} milliseconds are ${maxAge / 1000} of them`);
  }
  return {
    idleMs: maxAge * 1000,
    absoluteMs: absoluteMaxAge === undefined ? undefined : absoluteMaxAge * 1000,
    isRolling: rolling,
  };
}

export function beginLifetime({ idleMs, absoluteMs }: LifetimeRules, now: number): SessionLifetime {
  const endsAt = absoluteMs === undefined ? null : now + absoluteMs;
  return { begunAt: now, usedAt: now, expiresAt: earlier(now + idleMs, endsAt), endsAt, idleMs, isLasting: false };
}

/** The lifetime after a use. */
export function continueLifetime(lifetime: SessionLifetime, rules: LifetimeRules, now: number): SessionLifetime {
  if (!rules.isRolling) return { ...lifetime, usedAt: now };
  const idleMs = lifetime.isLasting ? lifetime.idleMs : rules.idleMs;
  return { ...lifetime, usedAt: now, idleMs, expiresAt: earlier(now + idleMs, lifetime.endsAt) };
}

/** The lifetime of a session that is to last, from now on, for so long. */
export function prolongLifetime(lifetime: SessionLifetime, idleMs: number, now: number): SessionLifetime {
  return { ...lifetime, usedAt: now, idleMs, expiresAt: earlier(now + idleMs, lifetime.endsAt), isLasting: true };
}

/** The lifetime of a row by the clock and the rules of now: neither a clock that was set back nor older rules give it a longer life. */
export function currentLifetime(lifetime: SessionLifetime, rules: LifetimeRules, now: number): SessionLifetime {
  return limitLifetime(rewindLifetime(lifetime, now), rules);
}

/**
 * The same lifetime under rules that may be others than when it began: times that are shorter hold at once, also for a session that is
 * used so often that it would never end. A longer `maxAge` holds from the next use.
 */
export function limitLifetime(lifetime: SessionLifetime, { idleMs, absoluteMs, isRolling }: LifetimeRules): SessionLifetime {
  const { begunAt, usedAt, expiresAt, isLasting } = lifetime;
  const endsAt = absoluteMs === undefined ? lifetime.endsAt : earlier(begunAt + absoluteMs, lifetime.endsAt);
  if (endsAt === lifetime.endsAt && (isLasting || idleMs >= lifetime.idleMs)) return lifetime;
  if (isLasting) return { ...lifetime, endsAt, expiresAt: earlier(expiresAt, endsAt) };
  const shorterMs = Math.min(idleMs, lifetime.idleMs);
  const idleEnd = (isRolling ? usedAt : begunAt) + shorterMs;
  return { ...lifetime, endsAt, idleMs: shorterMs, expiresAt: earlier(Math.min(expiresAt, idleEnd), endsAt) };
}

/**
 * The same lifetime by a clock that was set back: a session that was used in the future ends earlier by as much (SE-12). Other
 * clocks of the same service may be ahead by a little, which is no such jump.
 */
function rewindLifetime(lifetime: SessionLifetime, now: number): SessionLifetime {
  const jump = lifetime.usedAt - now;
  if (jump <= toleranceMs) return lifetime;
  const { begunAt, expiresAt, endsAt } = lifetime;
  return {
    ...lifetime,
    begunAt: begunAt - jump,
    usedAt: now,
    expiresAt: expiresAt - jump,
    endsAt: endsAt === null ? null : endsAt - jump,
  };
}

/**
 * Whether the clock that noted the last use is ahead of this one, by more than machines of one service differ.
 *
 * Units: a minute.
 */
export function isAhead({ usedAt }: SessionLifetime, now: number): boolean {
  return usedAt - now > 60_000;
}

/** How long its cookie lasts, by a clock that may be behind; undefined for one that ends with the browser. Units: seconds. */
export function cookieSeconds({ isLasting, expiresAt }: SessionLifetime, now: number): number | undefined {
  return isLasting ? Math.min(maxCookieSeconds, Math.max(1, Math.ceil((expiresAt - now) / 1000))) : undefined;
}

export function isOver({ expiresAt, endsAt }: SessionLifetime, now: number): boolean {
  return now >= expiresAt || (endsAt !== null && now >= endsAt);
}

/** Whether a use is worth a write to the store: ten times in an idle time at most, and where the clock was set back. */
export function isTouchDue({ usedAt, idleMs }: SessionLifetime, { isRolling }: LifetimeRules, now: number): boolean {
  return usedAt - now > toleranceMs || (isRolling && now - usedAt >= idleMs / 10);
}

const toleranceMs = 5_000;

function earlier(time: number, limit: number | null): number {
  return limit === null ? time : Math.min(time, limit);
}
