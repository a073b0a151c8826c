/** A mistake of the programmer that is found before anything runs: what, where in the reader's own words, and the mend. */
export interface Problem {
  /** Stable, for editors and searches: `"UNBOUND_PARAMETER"`. */
  readonly code: string;
  readonly what: string;
  /** Where: file and line, or a chain of declarations; undefined where `what` says it all. */
  readonly where?: string | undefined;
  /** How to mend it, as code where it can be had. */
  readonly mend: string;
}
