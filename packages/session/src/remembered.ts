import { maxCookieSeconds, type LifetimeRules } from "./lifetime.ts";

/** Errors: RangeError where a session cannot last so long. */
export function checkRemembered(seconds: number, { absoluteMs }: LifetimeRules): void {
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > maxCookieSeconds)
    throw new RangeError(`rememberFor: seconds is a whole number from 1 to ${maxCookieSeconds} (400 days), not ${seconds}`);
  if (absoluteMs !== undefined && seconds * 1000 > absoluteMs)
    throw new RangeError(`rememberFor: ${seconds} s are more than the session's absoluteMaxAge, ${absoluteMs / 1000} s`);
}
