import type { CookieCase, Origin, StoredCookie } from "./cookie-case.ts";
import { intendedCookie } from "./intended.ts";

/** What became of a cookie in the browser, beside what was meant. */
export interface Outcome {
  readonly isAsMeant: boolean;
  /** Shape: `"kept"`, `"none, as meant"`, `"dropped: InvalidPrefix"`, `"changed: path is /app"`. */
  readonly text: string;
}

/** `why` is what the browser says of a cookie that it dropped. */
export function outcomeOf(each: CookieCase, origin: Origin, jar: readonly StoredCookie[], why: string | undefined): Outcome {
  const intended = intendedCookie(each, origin);
  const stored = jar.find(({ name }) => name === each.name) ?? (each.isAlone === true ? jar[0] : undefined);
  if (stored === undefined) {
    if (intended === undefined) return { isAsMeant: true, text: "none, as meant" };
    return { isAsMeant: false, text: `dropped${why === undefined ? "" : `: ${why}`}` };
  }
  if (intended === undefined) return { isAsMeant: false, text: "changed: it is kept" };
  const differences = (Object.keys(intended) as (keyof StoredCookie)[]).filter((key) => !isSame(key, stored, intended));
  if (differences.length === 0) return { isAsMeant: true, text: "kept" };
  return { isAsMeant: false, text: `changed: ${differences.map((key) => `${key} ${describe(key, stored)}`).join(", ")}` };
}

const TOLERANCE_SECONDS = 30; // between the moment that was meant and the one when the browser read it

function isSame(key: keyof StoredCookie, stored: StoredCookie, intended: StoredCookie): boolean {
  if (key === "value") return stored.value === String(intended.value) || decoded(stored.value) === intended.value;
  if (key === "expires" && stored.expires !== undefined && intended.expires !== undefined)
    return Math.abs(stored.expires - intended.expires) < TOLERANCE_SECONDS;
  return stored[key] === intended[key];
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

function describe(key: keyof StoredCookie, { [key]: value }: StoredCookie): string {
  if (key !== "expires") return value === undefined ? "none" : JSON.stringify(value);
  if (value === undefined) return "with the browser";
  return `in ${Math.round((Number(value) - Date.now() / 1000) / 86_400)} days`;
}
