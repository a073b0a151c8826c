import type { Problem } from "@madeleine/di";
import { riskyConstraint, type Pattern } from "@madeleine/router";
import type { RouteDefinition } from "./route-definition.ts";

/** Constraints that a hostile path could keep busy for a long time (PA-11). Warnings and no errors: one that looks so can still be harmless. */
export function checkConstraints({ segments }: Pattern, { label, place }: RouteDefinition): readonly Problem[] {
  const parts = segments.flatMap((segment) => (segment.kind === "mixed" ? segment.parts : []));
  const sources = parts.flatMap((part) => (typeof part === "string" ? [] : (part.constraint?.source ?? [])));
  return sources.flatMap((source) => {
    const why = riskyConstraint(source);
    if (why === undefined) return [];
    const mend = "repeat one thing only, [a-z]+ instead of ([a-z]+)+, or check the value with a schema";
    return [{ code: "RISKY_CONSTRAINT", what: `A constraint of ${label}: ${why}.`, where: place?.toString(), mend }];
  });
}
