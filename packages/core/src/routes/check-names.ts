import type { Place, Problem } from "@madeleine/di";
import { isModelSource } from "../inputs/compile-input.ts";
import { isOfRequest, type InputSource } from "../parameters/source.ts";
import type { RouteDefinition } from "./route-definition.ts";

/** One name read with two schemas has no meaning that a client could satisfy or a document could show. */
export function checkNames(sources: readonly InputSource[], { label, place }: RouteDefinition): readonly Problem[] {
  if (sources.length < 2) return [];
  const seen = new Map<string, InputSource>();
  const problems: Problem[] = [];
  for (const source of sources) {
    if (isOfRequest(source.in) || source.name === undefined || isModelSource(source)) continue;
    const known = seen.get(source.label);
    if (known !== undefined && known.schema !== source.schema) problems.push(conflictingSchemas(source, label, place));
    if (known !== undefined && haveOtherLimits(known, source)) problems.push(conflictingLimits(source, label, place));
    seen.set(source.label, source);
  }
  return problems;
}

function conflictingSchemas(source: InputSource, label: string, place: Place | undefined): Problem {
  return {
    code: "CONFLICTING_PARAMETERS",
    what: `${label} and its dependencies read ${source.label} with different schemas.`,
    where: place?.toString(),
    mend: "keep one schema in a const and use it in both places, or rename one of them",
  };
}

/** Files of one name arrive once: no two limits hold for them. */
function haveOtherLimits({ files: one }: InputSource, { files: other }: InputSource): boolean {
  return one?.maxBytes !== other?.maxBytes || one?.maxFiles !== other?.maxFiles;
}

function conflictingLimits(source: InputSource, label: string, place: Place | undefined): Problem {
  return {
    code: "CONFLICTING_PARAMETERS",
    what: `${label} and its dependencies read ${source.label} with different limits.`,
    where: place?.toString(),
    mend: "give the same maxBytes and maxFiles in both places, or rename one of them",
  };
}
