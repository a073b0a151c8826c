import type { Plan } from "@madeleine/di";
import { compileModel, isModel } from "@madeleine/http";
import { headerName, type InputSource, type SourceKind } from "../parameters/source.ts";

/** The names that are read of each source. */
export type NamesRead = ReadonlyMap<SourceKind, ReadonlySet<string>>;

/** What a route, its guards and its dependencies read by name, and the fields of their models. */
export function namesRead(plan: Plan): NamesRead {
  const found = new Map<SourceKind, Set<string>>();
  for (const { source } of plan.phases.flatMap((phase) => phase.sources)) {
    const { in: kind, name, ownName, schema } = source as InputSource; // core makes every source itself
    const model = ownName === undefined && schema !== undefined && kind !== "body" && isModel(schema);
    const names = model
      ? compileModel(schema)!.fields.map(({ key }) => (kind === "header" ? headerName(key) : key))
      : [name ?? ""];
    found.set(kind, new Set([...(found.get(kind) ?? []), ...names]));
  }
  return found;
}
