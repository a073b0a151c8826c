import type { Problem } from "@madeleine/di";
import { isModelSource, isOfRequest, type InputSource } from "../parameters/source.ts";
import type { RouteDefinition } from "./route-definition.ts";

/** One name read with two schemas has no meaning that a client could satisfy or a document could show. */
export function checkNames(sources: readonly InputSource[], route: RouteDefinition): readonly Problem[] {
  if (sources.length < 2) return [];
  const seen = new Map<string, InputSource>();
  const problems: Problem[] = [];
  for (const source of sources) {
    if (isOfRequest(source.in) || source.name === undefined || isModelSource(source)) continue;
    const known = seen.get(source.label);
    if (known !== undefined && known.schema !== source.schema) problems.push(conflict(source, ofSchemas, route));
    if (known !== undefined && haveOtherLimits(known, source)) problems.push(conflict(source, ofLimits, route));
    seen.set(source.label, source);
  }
  return problems;
}

/** Files of one name arrive once: no two limits hold for them. */
function haveOtherLimits({ files: one }: InputSource, { files: other }: InputSource): boolean {
  return one?.maxBytes !== other?.maxBytes || one?.maxFiles !== other?.maxFiles;
}

const ofSchemas = { differing: "schemas", mend: "keep one schema in a const and use it in both places" };
const ofLimits = { differing: "limits", mend: "give the same maxBytes and maxFiles in both places" };

function conflict(
  source: InputSource,
  { differing, mend }: typeof ofSchemas,
  { label, place }: Pick<RouteDefinition, "label" | "place">,
): Problem {
  return {
    code: "CONFLICTING_PARAMETERS",
    what: `${label} and its dependencies read ${source.label} with different ${differing}.`,
    where: place?.toString(),
    mend: `${mend}, or rename one of them`,
  };
}
