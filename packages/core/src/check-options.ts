/** What an option can be, and how to write it. */
export interface Rule {
  readonly holds: (value: unknown) => boolean;
  readonly mend: string;
  /** What a wrong value is called, where it must not be shown. */
  readonly found?: string;
  /** What is wrong inside of a value that holds, with its mend. */
  readonly inside?: (value: never) => string | undefined;
}

/** What each option can be. */
export type Rules<Options> = { readonly [Option in keyof Options]-?: Rule };

/**
 * Holds options to what they can be. The compiler does not see all of it: a limit of `Number(process.env.LIMIT)` is NaN where
 * the variable is missing, and in JavaScript a misspelt `dependencies` would leave the guards out.
 *
 * Shape:  `checkOptions((name) => `new App({ ${name} })`, { tittle: "Shop" }, rules)` says that there is no such option, but a title.
 * Errors: one TypeError that names everything that is wrong.
 */
export function checkOptions<Options>(written: (name: string) => string, options: object, rules: Rules<Options>): void {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  if (given.length === 0) return;
  const byName = new Map<string, Rule>(Object.entries(rules));
  const wrong = given.flatMap(([name, value]) => {
    const fault = faultOf(name, value, byName);
    return fault === undefined ? [] : [`${written(name)}: ${fault}`];
  });
  if (wrong.length > 0) throw new TypeError(wrong.join("\n"));
}

function faultOf(name: string, value: unknown, rules: ReadonlyMap<string, Rule>): string | undefined {
  const rule = rules.get(name);
  if (rule === undefined) return `there is no such option. mend: ${nearest(name, [...rules.keys()])}`;
  if (!rule.holds(value)) return `${name} is ${rule.found ?? shown(value)}. mend: ${rule.mend}`;
  return rule.inside?.(value as never);
}

export const amount = (mend: string): Rule => ({ holds: (value) => typeof value === "number" && value >= 0, mend });
export const list = (mend: string): Rule => ({ holds: Array.isArray, mend });
export const text = (mend: string): Rule => ({ holds: (value) => typeof value === "string", mend });
export const oneOf = (...values: readonly string[]): Rule => ({
  holds: (value) => values.includes(value as string),
  mend: values.map((value) => JSON.stringify(value)).join(" or "),
});
export const flag: Rule = { holds: (value) => typeof value === "boolean", mend: "true or false" };
export const bytes: Rule = amount("a number of bytes, such as 1_048_576");
/** Where it is compiled, it is checked. */
export const saysItself: Rule = { holds: () => true, mend: "" };

/** The option that is meant, by its beginning; all of them where none is like it. */
function nearest(name: string, names: readonly string[]): string {
  const start = name.slice(0, 4).toLowerCase();
  return names.find((known) => known.toLowerCase().startsWith(start)) ?? `one of ${names.join(", ")}`;
}

function shown(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" && value !== null ? "an object" : String(value);
}
