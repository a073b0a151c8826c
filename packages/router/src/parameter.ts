import { compileConstraint, readConstraintSource, type Constraint } from "./constraint.ts";
import { readName, refuse, type Reading } from "./reading.ts";

/** A parameter of a path that is not a catch-all. */
export interface Parameter {
  readonly name: string;
  readonly constraint?: Constraint;
}

/**
 * Reads the parameter whose `:` comes next: its name, its constraint and the `?` of an optional one.
 *
 * Errors: PathSyntaxError.
 */
export function readParameter(reading: Reading): Parameter {
  reading.at += 1;
  const name = readName(reading);
  const constraint = reading.path[reading.at] === "(" ? readConstraint(reading, name) : undefined;
  if (reading.path[reading.at] === "?") readOptional(reading, name);
  return constraint === undefined ? { name } : { name, constraint };
}

function readConstraint(reading: Reading, name: string): Constraint {
  const source = readConstraintSource(reading.path, reading.at);
  if (source === undefined) {
    return refuse(reading, "BAD_CONSTRAINT", `does not close the "(" of the parameter "${name}"`, 'add the missing ")"');
  }
  reading.at += source.length + 2; // and its two parentheses
  if (lostBackslash.test(source)) {
    const what = `constrains "${name}" with "${source}", which matches that letter only: the text of the path took its backslash away`;
    refuse(reading, "BAD_CONSTRAINT", what, `write it twice: ":${name}(\\\\${source})"`);
  }
  try {
    return compileConstraint(source);
  } catch (error) {
    const what = `constrains "${name}" with "${source}", which is no regular expression (${String(error)})`;
    return refuse(reading, "BAD_CONSTRAINT", what, 'correct it, for example ":id(\\\\d+)"');
  }
}

// "/:id(\d+)" in a text is "/:id(d+)".
const lostBackslash = /^[dws](?:[+*]|\{\d+(?:,\d*)?\})$/i;

function readOptional(reading: Reading, name: string): void {
  reading.at += 1;
  reading.optional.push(name);
  if (reading.at === reading.path.length) return;
  const mend = "make it the last segment, or register two routes";
  refuse(reading, "MISPLACED_OPTIONAL", `has text after the optional parameter "${name}"`, mend);
}
