/** Where an application writes what its operator must know. `pino()` is one; so is `console`. */
export interface Logger {
  error(details: object, message: string): void;
  warn(details: object, message: string): void;
  info(details: object, message: string): void;
}

/**
 * Writes to the standard error: readable lines on a terminal, one JSON object a line elsewhere.
 *
 * A client can put line breaks and terminal codes into almost every text (CWE-117): JSON escapes them, the readable form
 * writes them visibly and indents what stands on further lines.
 */
export const standardLogger: Logger = {
  error: (details, message) => write("error", details, message),
  warn: (details, message) => write("warn", details, message),
  info: (details, message) => write("info", details, message),
};

function write(level: string, details: object, message: string): void {
  const line = process.stderr.isTTY
    ? readable(level, details, message)
    : JSON.stringify({ time: new Date().toISOString(), level, message, ...textOf(details) });
  process.stderr.write(`${line}\n`);
}

function readable(level: string, details: object, message: string): string {
  const rest = Object.entries(textOf(details)).map(
    ([name, text]) => `\n    ${name}: ${visible(text).replaceAll("\n", "\n    ")}`,
  );
  return `${level.toUpperCase()} ${visible(message)}${rest.join("")}`;
}

function textOf(details: object): Record<string, string> {
  return Object.fromEntries(Object.entries(details).map(([name, value]) => [name, describeThrown(value).slice(0, 8000)]));
}

// oxlint-disable-next-line no-control-regex -- these are what is made visible
const controls = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g;

function visible(text: string): string {
  return text.replace(controls, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** Text for anything that can be thrown, whatever its getters and traps do. Shape: the stack of an Error with its causes. */
export function describeThrown(value: unknown): string {
  try {
    if (typeof value === "string") return value;
    if (!(value instanceof Error)) return typeof value === "object" && value !== null ? describeObject(value) : String(value);
    const text = String(value.stack ?? value.message);
    return value.cause === undefined ? text : `${text}\ncaused by: ${describeCause(value.cause)}`;
  } catch {
    return "(something whose description throws)";
  }
}

// One level: a circle of causes must end somewhere.
function describeCause(cause: unknown): string {
  return cause instanceof Error ? String(cause.stack ?? cause.message) : String(cause);
}

function describeObject(value: object): string {
  return JSON.stringify(value) ?? Object.prototype.toString.call(value);
}
