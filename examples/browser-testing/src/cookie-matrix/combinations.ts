import type { CookieAttributes } from "@madeleine/http";
import { isRemote, type CaseGroup, type CookieCase } from "./cookie-case.ts";

const prefixes = ["", "__Secure-", "__secure-", "__Host-", "__HOST-", "__Http-", "__http-", "__Host-Http-", "__host-HTTP-"];

/** The values of each attribute that another one, or the name, may forbid. */
const choices = {
  secure: [false, "auto", true],
  httpOnly: [false, true],
  sameSite: ["lax", "strict", null, "none"],
  partitioned: [false, true],
  domain: [undefined, "example.test"],
  path: ["/", "/app", null],
} as const satisfies { [Attribute in keyof CookieAttributes]: readonly CookieAttributes[Attribute][] };

/** Every prefix of a name with every combination of the attributes that depend on each other. */
export const combinations: CaseGroup = {
  title: "Every combination of a name's prefix with what it and the others allow",
  columns: ["name", ...Object.keys(choices)],
  cases: prefixes.flatMap((prefix) => combine(prefix)),
  isMerged: true,
  isFrom: isRemote,
};

function combine(prefix: string): CookieCase[] {
  let combined: Record<string, unknown>[] = [{}];
  for (const [attribute, values] of Object.entries(choices))
    combined = combined.flatMap((attributes) => values.map((value) => ({ ...attributes, [attribute]: value })));
  return combined.map((attributes, index) => ({
    name: `${prefix}c${index}`,
    value: "1",
    attributes,
    cells: [
      prefix === "" ? "no prefix" : prefix,
      ...Object.values(attributes).map((value) => (value === undefined ? "none" : String(value))),
    ],
  }));
}
