/**
 * Text for anything that can be thrown, whatever its getters and traps do (ST-04).
 *
 * Shape:  the stack of an Error, then those of its causes and of what an AggregateError gathers, at most 8; an object as JSON.
 */
export function describeThrown(value: unknown): string {
  return (
    attempt(() => describe(value)) ??
    attempt(() => Object.prototype.toString.call(value)) ??
    "(something whose description throws)"
  );
}

const maxErrors = 8; // a chain of causes may be a circle

function describe(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (value instanceof Error) return withCauses(value).join("\ncaused by: ");
  return typeof value === "object" && value !== null ? JSON.stringify(value) : String(value);
}

function withCauses(first: Error): readonly string[] {
  const errors: unknown[] = [first];
  for (let index = 0; index < Math.min(errors.length, maxErrors); index++) {
    const error = errors[index];
    if (!(error instanceof Error)) continue;
    if (error.cause !== undefined) errors.push(error.cause);
    if (error instanceof AggregateError) errors.push(...error.errors);
  }
  return errors.slice(0, maxErrors).map((error) => (error instanceof Error ? textOf(error) : String(error)));
}

// A stack that cannot be read leaves name and message, where those can be.
function textOf(error: Error): string {
  return (
    attempt(() => (error.stack === undefined ? undefined : String(error.stack))) ??
    attempt(() => String(error)) ??
    "(an error whose description throws)"
  );
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
