import type { AppOptions } from "./app-options.ts";

/** What an option can be, and how to write it. */
interface Rule {
  readonly holds: (value: unknown) => boolean;
  readonly mend: string;
}

/**
 * Holds the options of an application to what they can be. The compiler does not see all of it: a limit of
 * `Number(process.env.LIMIT)` is NaN where the variable is missing, and in JavaScript a misspelt `dependencies` would leave the
 * guards out.
 *
 * Errors: one TypeError that names everything that is wrong.
 */
export function checkAppOptions(options: AppOptions): void {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  const wrong = given.flatMap(([name, value]) => faultOf(name, value) ?? []);
  if (wrong.length > 0) throw new TypeError(wrong.join("\n"));
}

function faultOf(name: string, value: unknown): string | undefined {
  if (!Object.hasOwn(rules, name)) return `new App({ ${name} }): there is no such option. mend: ${nearest(name)}`;
  const { holds, mend } = rules[name as keyof AppOptions];
  const found = name === "secrets" ? "no list" : shown(value); // a secret is never shown
  return holds(value) ? undefined : `new App({ ${name} }): ${name} is ${found}. mend: ${mend}`;
}

const amount = (mend: string): Rule => ({ holds: (value) => typeof value === "number" && value >= 0, mend });
const list = (mend: string): Rule => ({ holds: Array.isArray, mend });
const text = (mend: string): Rule => ({ holds: (value) => typeof value === "string", mend });
const oneOf = (...values: readonly string[]): Rule => ({
  holds: (value) => values.includes(value as string),
  mend: values.map((value) => JSON.stringify(value)).join(" or "),
});
const saysItself: Rule = { holds: () => true, mend: "" }; // where it is compiled

const milliseconds = amount("a number of milliseconds, such as 30_000");
const bytes = amount("a number of bytes, such as 1_048_576");
const segments = /^(?:\/[\w.~!$&'()*+,;=:@%-]+)*\/?$/; // RFC 3986 §3.3; an empty first one would lead to another host

const rules: { readonly [Option in keyof AppOptions]-?: Rule } = {
  title: text('a text, such as "Shop"'),
  controllers: list("a list of classes, [Items]"),
  dependencies: list("a list of guards, [SignedIn]"),
  middleware: list("a list of functions of (request, next)"),
  provide: list("a list, [bind(UserRepository, PgUserRepository)]"),
  tags: list('a list of texts, ["items"]'),
  maxBodyBytes: bytes,
  maxUploadBytes: bytes,
  maxJsonDepth: amount("a number, such as 64"),
  uploadDirectory: text('a path, such as "/var/tmp"'),
  trailingSlash: oneOf("redirect", "strict", "ignore"),
  rootPath: {
    holds: (value) => typeof value === "string" && segments.test(value),
    mend: 'a path that begins with one "/", such as "/api/v1"',
  },
  secrets: list("a list, newest first: [process.env.SECRET]"),
  consent: {
    holds: (value) => typeof (value as { cookie?: unknown } | null)?.cookie === "string",
    mend: 'cookieConsent({ categories: ["analytics"] })',
  },
  errorFormat: saysItself,
  exposeInput: { holds: (value) => typeof value === "boolean", mend: "true or false" },
  trustProxy: saysItself,
  lifespan: saysItself,
  startTimeoutMs: milliseconds,
  teardownTimeoutMs: milliseconds,
  logger: {
    holds: (value) => ["error", "warn", "info"].every((level) => hasMethod(value, level)),
    mend: "an object with the functions error, warn and info, such as pino()",
  },
};

function hasMethod(value: unknown, name: string): boolean {
  return typeof (value as Record<string, unknown> | null)?.[name] === "function";
}

/** The option that is meant, by its beginning; all of them where none is like it. */
function nearest(name: string): string {
  const names = Object.keys(rules);
  const start = name.slice(0, 4).toLowerCase();
  return names.find((known) => known.toLowerCase().startsWith(start)) ?? `one of ${names.join(", ")}`;
}

function shown(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" && value !== null ? "an object" : String(value);
}
