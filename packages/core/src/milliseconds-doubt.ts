import type { Problem } from "@madeleine/di";

/**
 * What is to be told at boot of a time that looks like milliseconds, in which Express and others count: `maxAge: 3_600_000` is 41.7 days,
 * and was most likely to be an hour. A warning and no error: a cookie may last so long.
 */
export function millisecondsDoubt(whose: string, option: string, seconds = 0): Problem | undefined {
  if (seconds <= 0 || seconds % fiveMinutesMs !== 0) return undefined;
  return {
    code: "LIKELY_MILLISECONDS",
    what: `${whose}: ${option} is ${seconds} seconds, which are ${toDays(seconds)} days; as milliseconds it would be ${seconds / 60_000} minutes`,
    mend: `${option}: ${seconds / 1000}, unless so many days are meant`,
  };
}

// Whoever counts in seconds writes minutes, hours or days: those are multiples of this only from 250 hours on, and 125 days.
const fiveMinutesMs = 300_000;

/** Shape: `20.8`. */
function toDays(seconds: number): number {
  return Math.round(seconds / 8640) / 10;
}
