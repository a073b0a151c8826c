import type { SessionLifetime } from "../lifetime.ts";
import { isSessionId } from "../session-id.ts";
import type { SessionRow } from "../stores/store.ts";

/** A session as its cookie holds it, unsealed. */
export interface CarriedSession {
  readonly secret: string;
  readonly row: SessionRow;
}

/**
 * Writes a session for its cookie: short, since a browser keeps 4,096 bytes.
 *
 * Shape: eight lines: `1` for this format, the secret, begunAt, usedAt, expiresAt, endsAt or nothing, idleMs and `+` where it is
 *        lasting, the data. Times are milliseconds in base 36.
 */
export function toSealedText({ secret, row: { lifetime, data } }: CarriedSession): string {
  const { begunAt, usedAt, expiresAt, endsAt, idleMs, isLasting } = lifetime;
  const times = [begunAt, usedAt, expiresAt, endsAt, idleMs].map((time) => time?.toString(36) ?? "");
  return [FORMAT, secret, `${times.join("\n")}${isLasting ? "+" : ""}`, data].join("\n");
}

/** Reads what {@link toSealedText} wrote; undefined for another format, of a version that is older or newer. */
export function fromSealedText(text: string): CarriedSession | undefined {
  const [format, secret = "", begunAt = "", usedAt = "", expiresAt = "", endsAt = "", idleMs = "", ...data] = text.split("\n");
  if (format !== FORMAT || !isSessionId(secret) || data.length === 0) return undefined;
  const lifetime: SessionLifetime = {
    begunAt: Number.parseInt(begunAt, 36),
    usedAt: Number.parseInt(usedAt, 36),
    expiresAt: Number.parseInt(expiresAt, 36),
    endsAt: endsAt === "" ? null : Number.parseInt(endsAt, 36),
    idleMs: Number.parseInt(idleMs, 36),
    isLasting: idleMs.endsWith("+"),
  };
  return { secret, row: { revision: 1, lifetime, user: undefined, data: data.join("\n") } };
}

const FORMAT = "1";
