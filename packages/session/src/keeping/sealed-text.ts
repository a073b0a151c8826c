import { fromLifetimeText, toLifetimeText } from "../lifetime-text.ts";
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
 * Shape: four lines: `1` for this format, the secret, the lifetime, the data.
 */
export function toSealedText({ secret, row: { lifetime, data } }: CarriedSession): string {
  return `${FORMAT}\n${secret}\n${toLifetimeText(lifetime)}\n${data}`;
}

/** Reads what {@link toSealedText} wrote; undefined for another format, of a version that is older or newer. */
export function fromSealedText(text: string): CarriedSession | undefined {
  const [format = "", secret = "", lifetime = ""] = text.split("\n", 3);
  if (format !== FORMAT || !isSessionId(secret)) return undefined;
  const data = text.slice(format.length + secret.length + lifetime.length + 3);
  return { secret, row: { revision: 1, lifetime: fromLifetimeText(lifetime), user: undefined, data } };
}

const FORMAT = "1";
