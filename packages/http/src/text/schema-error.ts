/**
 * A schema that no text can satisfy, found at boot.
 *
 * Shape:  `what` is "an object has no text" and `mend` the code that helps. Which parameter it is, the caller knows and says.
 */
export class TextSchemaError extends Error {
  override readonly name = "TextSchemaError";
  readonly what: string;
  readonly mend: string;

  constructor(what: string, mend: string) {
    super(`${what}; ${mend}`);
    this.what = what;
    this.mend = mend;
  }
}
