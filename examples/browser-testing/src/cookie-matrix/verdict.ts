import type { CaseGroup } from "./cookie-case.ts";
import type { MatrixRow } from "./cookie-matrix.ts";

/** Why our rules refuse what Chromium would have kept as it was meant, by the rule. */
const refusedAnyway: Readonly<Record<string, string>> = {
  COOKIE_NAME: "no token (RFC 6265 §4.1.1): what reads the cookie later may cut, trim or drop such a name",
  COOKIE_VALUE: "only text is written as it is: a definition's schema says how anything else becomes text",
  COOKIE_SIZE: "RFC 6265 §6.1 counts the attributes, Chromium only name and value",
  COOKIE_MAX_AGE: "a number: text from an environment may hold anything",
  COOKIE_EXPIRES: "RFC 6265 §5.1.1 reads years from 1601 on, of four digits",
  COOKIE_PATH: "kept, and never sent: the path of a request is percent-encoded",
  COOKIE_ATTRIBUTE: "one spelling for each value, so that a misspelt one is an error",
};

/** What a row proves: nothing is wrong with it where `isSound`. */
export interface Verdict {
  readonly isSound: boolean;
  /** Why it is refused although the browser would keep it. */
  readonly reason?: string | undefined;
}

/** What is allowed has to be kept as it was meant; what is refused has to be lost or changed somewhere, or to have its reason. */
export function judge({ rule, outcomes }: MatrixRow, { isDropped }: CaseGroup): Verdict {
  if (isDropped === true) return { isSound: rule === undefined && outcomes.every(({ text }) => text.startsWith("dropped")) };
  const isKept = outcomes.every(({ isAsMeant }) => isAsMeant);
  if (rule === undefined) return { isSound: isKept };
  if (!isKept) return { isSound: true };
  const reason = refusedAnyway[rule];
  return { isSound: reason !== undefined, reason };
}
