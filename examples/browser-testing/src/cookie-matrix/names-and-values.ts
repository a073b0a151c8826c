import { isRemote, type CaseGroup, type CookieCase } from "./cookie-case.ts";

const MAX_BYTES = 4096;
const DEFAULTS = "; Path=/; SameSite=lax";

/** Names that are no tokens, values of all kinds, and both at the limit of their size. */
export const namesAndValues: readonly CaseGroup[] = [
  {
    title: "Names",
    columns: ["name"],
    cases: [
      "theme",
      "!#$%&'*+-.^_`|~",
      "a b",
      "a;b",
      "a=b",
      "a,b",
      '"a"',
      "",
      "a\x7f",
      "a\tb",
      "é",
      "\u00a0__Host-x",
      "a@b",
      "a(b)",
      "a\r\nX-Evil: 1",
    ].map((name) => ({ name, value: "1", attributes: {}, cells: [JSON.stringify(name)], isAlone: true })),
    isFrom: isRemote,
  },
  {
    title: "Values",
    columns: ["value"],
    cases: [
      "",
      "a b",
      " a ",
      "x; Secure",
      "x\r\ny",
      "\0",
      "\x7f",
      "x,y",
      '"q"',
      "a\\b",
      "=",
      "100%",
      "%41",
      "日本",
      "🍰",
      '{"a":1}',
      "\ud800",
      5,
    ].map((value, index) => ({
      name: `v${index}`,
      value: value as string,
      attributes: {},
      cells: [JSON.stringify(value)],
    })),
    isFrom: isRemote,
  },
  {
    title: "Sizes",
    columns: ["name=value", "with its attributes"],
    cases: [
      sized("s", MAX_BYTES - DEFAULTS.length),
      sized("m", MAX_BYTES - DEFAULTS.length + 1),
      sized("l", MAX_BYTES + "=".length + 1),
    ],
    isFrom: isRemote,
  },
];

/** A cookie whose name and value have so many bytes. */
function sized(name: string, bytes: number): CookieCase {
  const value = "v".repeat(bytes - name.length - 1);
  const whole = bytes + DEFAULTS.length;
  return { name, value, attributes: {}, cells: [bytes.toLocaleString("en"), whole.toLocaleString("en")], isAlone: true };
}
