/** What a parameter's value must look like. It is tested on the decoded value, the one that the handler receives. */
export interface Constraint {
  readonly source: string;
  /** Anchored on both sides, without flags that keep state. */
  readonly expression: RegExp;
}

/**
 * Compiles the text between the parentheses of a constraint, once for the life of the route.
 *
 * Errors: SyntaxError, as of `new RegExp`.
 */
export function compileConstraint(source: string): Constraint {
  return { source, expression: compileUnicode(source) ?? new RegExp(`^(?:${source})$`) };
}

// "\p{L}" means a letter only under the flag, but "[\w-\.]", which many have copied, is an error under it.
function compileUnicode(source: string): RegExp | undefined {
  try {
    return new RegExp(`^(?:${source})$`, "u");
  } catch {
    return undefined;
  }
}

/**
 * The source of the constraint whose `(` is at `open`, with any parentheses inside it.
 *
 * Shape: in `"/:id((?:a|b)+)/x"` with `open` 4 it is `"(?:a|b)+"`; undefined when it is not closed.
 */
export function readConstraintSource(path: string, open: number): string | undefined {
  let depth = 0;
  let isClass = false;
  for (let at = open; at < path.length; at += 1) {
    const sign = path[at];
    if (sign === "\\") at += 1;
    else if (isClass) isClass = sign !== "]";
    else if (sign === "[") isClass = true;
    else if (sign === "(") depth += 1;
    else if (sign === ")" && --depth === 0) return path.slice(open + 1, at);
  }
  return undefined;
}
