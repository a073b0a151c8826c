/** A decoder of text, compiled once at boot. `decode` never throws. */
export interface CompiledText {
  /** Whether the schema takes a list: hand on every text of that name, and not only one. */
  readonly many: boolean;
  decode(text: string | readonly string[] | undefined): unknown;
}

/**
 * A decoder of exactly one text.
 *
 * Shape:  of several texts the last counts; none at all is absent.
 */
export function scalar(decodeOne: (text: string) => unknown): CompiledText {
  return {
    many: false,
    decode(text) {
      if (typeof text === "string") return decodeOne(text);
      const last = text?.at(-1);
      return last === undefined ? undefined : decodeOne(last);
    },
  };
}

/** Text that stays text. */
export const PLAIN: CompiledText = scalar((text) => text);
