import type { Plan } from "@madeleine/di";
import { compileModel } from "@madeleine/http";
import { headerName, isModelSource, type InputSource, type SourceKind } from "../parameters/source.ts";

/** The names that are read of each source. */
export type NamesRead = ReadonlyMap<SourceKind, ReadonlySet<string>>;

/** What a route, its guards and its dependencies read by name, and the fields of their models. */
export function namesRead(plan: Plan): NamesRead {
  const found = new Map<SourceKind, Set<string>>();
  for (const { source } of plan.phases.flatMap((phase) => phase.sources)) {
    const input = source as InputSource; // core makes every source itself
    const { in: kind, name } = input;
    const names = isModelSource(input)
      ? compileModel(input.schema)!.fields.map(({ key }) => (kind === "header" ? headerName(key) : key))
      : [name ?? ""];
    found.set(kind, new Set([...(found.get(kind) ?? []), ...names]));
  }
  return found;
}
