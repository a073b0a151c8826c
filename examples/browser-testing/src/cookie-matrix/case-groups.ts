import { combinations } from "./combinations.ts";
import type { CaseGroup } from "./cookie-case.ts";
import { foreignDomains, onLocalhost } from "./hosts.ts";
import { namesAndValues } from "./names-and-values.ts";
import { singleAttributes } from "./single-attributes.ts";
import { slips } from "./slips.ts";

/** All that is set, in the order of the tables. */
export const caseGroups: readonly CaseGroup[] = [
  combinations,
  ...singleAttributes,
  slips,
  ...namesAndValues,
  foreignDomains,
  onLocalhost,
];
