import { PathSyntaxError, type PathSyntaxCode } from "./errors.ts";

/** How far a path is read, and what was named on the way. */
export interface Reading {
  readonly path: string;
  at: number;
  readonly names: string[];
  readonly optional: string[];
}

/** Whether the segment ends here. */
export function isSegmentEnd({ path, at }: Reading): boolean {
  return at >= path.length || path[at] === "/";
}

/** Whether a parameter starts here; two colons are a colon of the text. */
export function isParameterStart({ path, at }: Reading): boolean {
  return path[at] === ":" && path[at + 1] !== ":";
}

/**
 * Reads the name after a `:` or `*`, and remembers it.
 *
 * Errors: PathSyntaxError when there is none.
 */
export function readName(reading: Reading): string {
  namePattern.lastIndex = reading.at;
  const name = namePattern.exec(reading.path)?.[0];
  if (name === undefined) refuseNameless(reading);
  reading.at += name.length;
  reading.names.push(name);
  return name;
}

const namePattern = /[\p{ID_Start}_$][\p{ID_Continue}$]*/uy;

function refuseNameless(reading: Reading): never {
  if (reading.path[reading.at - 1] === "*") {
    return refuse(reading, "NO_NAME", 'has a "*" without a name after it', 'name it, for example "*path"');
  }
  const mend = 'name it, for example ":id"; a colon in the text is written "::"';
  return refuse(reading, "NO_NAME", 'has a ":" without a name after it', mend);
}

/** Throws a PathSyntaxError about the path that is being read. */
export function refuse({ path }: Reading, code: PathSyntaxCode, what: string, mend: string): never {
  throw new PathSyntaxError(code, `The path "${path}" ${what}.`, mend);
}
