import { describeThrown } from "./errors/describe-thrown.ts";

/** Where an application writes what its operator must know. `pino()` is one; so is `console`. An error is told as `err`, the key that pino and bunyan know. */
export interface Logger {
  error(details: object, message: string): void;
  warn(details: object, message: string): void;
  info(details: object, message: string): void;
}

/**
 * Writes to the standard error: readable lines on a terminal, one JSON object a line elsewhere.
 *
 * A client can put line breaks and terminal codes into almost every text (DX-05, CWE-117): both forms write them visibly, and
 * the readable one indents what stands on further lines, so that no text can look like a line of its own.
 *
 * Units:  at most 8,000 characters of each text.
 */
export const standardLogger: Logger = {
  error: (details, message) => write("error", details, message),
  warn: (details, message) => write("warn", details, message),
  info: (details, message) => write("info", details, message),
};

/** The same logger, whose own failure is written to the standard error: no answer may depend on a logger. */
export function neverThrowing(logger: Logger): Logger {
  const guarded =
    (level: keyof Logger) =>
    (details: object, message: string): void => {
      try {
        logger[level](details, message);
      } catch (thrown) {
        standardLogger[level](details, message);
        standardLogger.error({ err: thrown }, "the logger failed");
      }
    };
  return { error: guarded("error"), warn: guarded("warn"), info: guarded("info") };
}

function write(level: string, details: object, message: string): void {
  const texts = Object.entries(details).map(([name, value]): [string, string] => [name, shorten(describeThrown(value))]);
  process.stderr.write(`${(process.stderr.isTTY ? toLines : toJson)(level, shorten(message), texts)}\n`);
}

function toLines(level: string, message: string, texts: readonly [string, string][]): string {
  const rest = texts.map(([name, text]) => `\n    ${name}: ${visible(text).replaceAll("\n", "\n    ")}`);
  return `${level.toUpperCase()} ${visible(message).replaceAll("\n", "\\u000a")}${rest.join("")}`;
}

function toJson(level: string, message: string, texts: readonly [string, string][]): string {
  const own = { time: new Date().toISOString(), level, message };
  return visible(JSON.stringify({ ...own, ...Object.fromEntries(texts), ...own })); // first, and not to be replaced
}

const maxCharacters = 8_000;

function shorten(text: string): string {
  return text.length <= maxCharacters ? text : `${text.slice(0, maxCharacters)}… (${text.length - maxCharacters} more)`;
}

// C0 but the line feed, C1 (0x9b begins a terminal code as ESC [ does), line separators, and what turns the direction of text.
const deceptive = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

function visible(text: string): string {
  return text.replace(deceptive, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
