import type { Problem } from "@madeleine/di";
import type { RouteDefinition } from "./route-definition.ts";

/** What filters or guards a route, written and undefined. A warning: who passes options on may leave it out so. */
export function checkUndefinedOptions({ options, label, place }: RouteDefinition): readonly Problem[] {
  const names = (["response", "dependencies"] as const).filter((name) => name in options && options[name] === undefined);
  return names.map((name) => ({
    code: "UNDEFINED_OPTION",
    what: `${label} is given the option ${name}, which is undefined: nothing ${name === "response" ? "filters its answers" : "guards it"}`,
    where: place?.toString(),
    mend: "leave the option out, or declare its value before it; where two modules import each other, move it into a third",
  }));
}
