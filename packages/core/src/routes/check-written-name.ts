import type { Problem } from "@madeleine/di";
import type { InputSource } from "../parameters/source.ts";
import type { RouteDefinition } from "./route-definition.ts";

/** A name that is written out and that no request can bring a value under; the compiler refuses most of them. */
export function checkWrittenName({ in: kind, ownName, label }: InputSource, route: RouteDefinition): readonly Problem[] {
  const fault = ownName === undefined ? undefined : faultOf(ownName, kind);
  if (fault === undefined) return [];
  return [
    {
      code: "IMPOSSIBLE_NAME",
      what: `${label} of ${route.label} has ${fault}: no request could bring a value.`,
      where: route.place?.toString(),
      mend: "write the name that the client sends; without one, the name is that of the parameter, or of the key of the need",
    },
  ];
}

function faultOf(name: string, kind: InputSource["in"]): string | undefined {
  if (name === "") return "an empty name";
  if (kind === "header" && !token.test(name)) return "a name that no header can have";
  return kind === "cookie" && neverInCookies.test(name) ? "a name that no cookie can have" : undefined;
}

const token = /^[\w!#$%&'*+.^`|~-]+$/; // RFC 9110 §5.6.2

// Servers of other kinds set names that are no tokens: what ends a name, and what is cut off around it, is all that cannot come.
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const neverInCookies = /[=;\0-\x1f]|^ | $/;
