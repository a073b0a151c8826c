import type { AppOptions } from "./app-options.ts";
import { amount, bytes, checkOptions, flag, list, oneOf, saysItself, text, type Rules } from "./check-options.ts";

/** Holds the options of an application to what they can be. Errors: TypeError. */
export function checkAppOptions(options: AppOptions): void {
  checkOptions((name) => `new App({ ${name} })`, options, rules);
}

const milliseconds = amount("a number of milliseconds, such as 30_000");
const segments = /^(?:\/[\w.~!$&'()*+,;=:@%-]+)*\/?$/; // RFC 3986 §3.3; an empty first one would lead to another host

const rules: Rules<AppOptions> = {
  title: text('a text, such as "Shop"'),
  controllers: list("a list of classes, [Items]"),
  dependencies: list("a list of guards, [SignedIn]"),
  middleware: list("a list of functions of (request, next)"),
  provide: {
    holds: (value) => Array.isArray(value) && value.every(isBinding),
    mend: "a list of bindings, [bind(UserRepository, PgUserRepository)]",
  },
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
  secrets: { ...list("a list, newest first: [process.env.SECRET]"), found: "no list" },
  consent: {
    holds: (value) => typeof (value as { cookie?: unknown } | null)?.cookie === "string",
    mend: 'cookieConsent({ categories: ["analytics"] })',
  },
  errorFormat: saysItself,
  exposeInput: flag,
  trustProxy: saysItself,
  lifespan: saysItself,
  startTimeoutMs: milliseconds,
  teardownTimeoutMs: milliseconds,
  logger: {
    holds: (value) => ["error", "warn", "info"].every((level) => hasMethod(value, level)),
    mend: "an object with the functions error, warn and info, such as pino()",
  },
};

// What is no binding stood for nothing, without a word.
function isBinding(value: unknown): boolean {
  const { from, to } = (value ?? {}) as { from?: unknown; to?: unknown };
  return from !== undefined && to !== undefined;
}

function hasMethod(value: unknown, name: string): boolean {
  return typeof (value as Record<string, unknown> | null)?.[name] === "function";
}
