import type { Logger } from "@madeleine/core";
import type { SessionSettings } from "./settings.ts";

/**
 * Tells at boot of times that look like milliseconds, in which other frameworks count: `maxAge: 1_800_000` is 20.8 days, and was most
 * likely to be half an hour. A warning and no error: a session may last so long.
 */
export function doubtMilliseconds({ name, rules }: Pick<SessionSettings<never>, "name" | "rules">, logger: Logger): void {
  const { idleMs, absoluteMs = 0 } = rules;
  for (const [option, seconds] of [
    ["maxAge", idleMs / 1000],
    ["absoluteMaxAge", absoluteMs / 1000],
  ] as const) {
    if (seconds === 0 || seconds % fiveMinutesMs !== 0) continue;
    const what = `session "${name}": ${option} is ${seconds} seconds, which are ${toDays(seconds)} days; as milliseconds it would be ${seconds / 60_000} minutes`;
    logger.warn({ code: "LIKELY_MILLISECONDS", mend: `${option}: ${seconds / 1000}, unless so many days are meant` }, what);
  }
}

// Whoever counts in seconds writes minutes, hours or days: those are multiples of this only from 250 hours on, and 125 days.
const fiveMinutesMs = 300_000;

/** Shape: `20.8`. */
function toDays(seconds: number): number {
  return Math.round(seconds / 8640) / 10;
}
