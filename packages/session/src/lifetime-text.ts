import type { SessionLifetime } from "./lifetime.ts";

/**
 * Writes a lifetime in one line: short, and quicker to read than JSON.
 *
 * Shape: `"1763888400000 0 1800000 86400000 1800000+"`: begunAt, then usedAt, expiresAt and endsAt (or nothing) as what they are later,
 *        idleMs, and `+` where the session is lasting.
 */
export function toLifetimeText({ begunAt, usedAt, expiresAt, endsAt, idleMs, isLasting }: SessionLifetime): string {
  const end = endsAt === null ? "" : endsAt - begunAt;
  return `${begunAt} ${usedAt - begunAt} ${expiresAt - begunAt} ${end} ${idleMs}${isLasting ? "+" : ""}`;
}

/** Reads what {@link toLifetimeText} wrote. */
export function fromLifetimeText(text: string): SessionLifetime {
  const [begun, used = "", expires = "", ends = "", idle = ""] = text.split(" ");
  const begunAt = Number(begun);
  const isLasting = idle.endsWith("+");
  return {
    begunAt,
    usedAt: begunAt + Number(used),
    expiresAt: begunAt + Number(expires),
    endsAt: ends === "" ? null : begunAt + Number(ends),
    idleMs: Number(isLasting ? idle.slice(0, -1) : idle),
    isLasting,
  };
}
