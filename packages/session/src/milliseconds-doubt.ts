import { millisecondsDoubt, type Logger } from "@madeleine/core";
import type { SessionSettings } from "./settings.ts";

/** Tells at boot of times that look like milliseconds. */
export function doubtMilliseconds({ name, rules }: Pick<SessionSettings<never>, "name" | "rules">, logger: Logger): void {
  const { idleMs, absoluteMs = 0 } = rules;
  for (const [option, ms] of Object.entries({ maxAge: idleMs, absoluteMaxAge: absoluteMs })) {
    const doubt = millisecondsDoubt(`session "${name}"`, option, ms / 1000);
    if (doubt !== undefined) logger.warn({ code: doubt.code, mend: doubt.mend }, doubt.what);
  }
}
