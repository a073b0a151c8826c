import { toDependency, type Need } from "@madeleine/di";

/** A value that is there before anything runs, as a need. */
export function constant(label: string, value: unknown): Need {
  return toDependency({ kind: "constant", label, value });
}
