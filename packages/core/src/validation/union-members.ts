import { isIntegerSchema } from "@madeleine/http";
import type { $ZodIssue, $ZodIssueInvalidUnion, $ZodType } from "zod/v4/core";
import { echo } from "./echo.ts";
import { type Finding, listValues } from "./finding.ts";
import { schemasIn } from "./schema-at.ts";
import type { Spot } from "./spot.ts";

/** Why one member of a union refused the value. */
export interface UnionMember {
  readonly spot: Spot;
  readonly issues: readonly $ZodIssue[];
}

/**
 * The members of a union, each with its own issues, and with its name at the end of `loc` as pydantic has it.
 *
 * Shape:  `z.union([z.int(), z.string()])` under `["query", "q"]` gives `["query", "q", "int"]` and `["query", "q", "str"]`. Members that stand for
 *         absence do not count, and a single member that is left needs no name.
 */
export function labelledMembers(issue: $ZodIssueInvalidUnion, spot: Spot): UnionMember[] {
  const options = optionsOf(spot, issue.errors.length);
  const all = issue.errors.map((issues, position) => ({ issues, schema: options[position] }));
  const others = all.filter(({ issues }) => !isAboutAbsence(issues));
  const members = others.length > 0 ? others : all.slice(0, 1); // never none: what is refused without a problem would be let through
  return members.map(({ issues, schema }) => ({
    issues,
    spot: {
      ...spot,
      loc: members.length === 1 ? spot.loc : [...spot.loc, labelOf(schema, issues)],
      schemas: schema === undefined ? spot.schemas : [...schemasIn(schema)],
    },
  }));
}

/** The tag of a discriminated union that no member has, or that is missing. `mayShow`: whether the tag may be told. */
export function describeTag(issue: $ZodIssueInvalidUnion, tag: unknown, mayShow: boolean): Finding {
  const discriminator = `'${issue.discriminator}'`;
  if (tag === undefined) {
    return {
      type: "union_tag_not_found",
      msg: `Unable to extract tag using discriminator ${discriminator}`,
      ctx: { discriminator },
    };
  }
  const expected = listValues(("options" in issue ? issue.options : undefined) ?? []).replace(/ or (?=[^,]*$)/, ", ");
  const shown = mayShow ? { tag: textOf(echo(tag)) } : {};
  const subject = mayShow ? `Input tag '${shown.tag}'` : "Input tag";
  return {
    type: "union_tag_invalid",
    msg: `${subject} found using ${discriminator} does not match any of the expected tags: ${expected}`,
    ctx: { discriminator, ...shown, expected_tags: expected },
  };
}

/** Not `String`, which throws for an object with a key `toString`. */
function textOf(tag: unknown): string {
  return typeof tag === "string" ? tag : String(JSON.stringify(tag));
}

function optionsOf({ schemas }: Spot, count: number): readonly $ZodType[] {
  for (const schema of schemas) {
    const { options } = schema._zod.def as { options?: readonly $ZodType[] }; // only a union has options
    if (options?.length === count) return options;
  }
  return [];
}

function isAboutAbsence(issues: readonly $ZodIssue[]): boolean {
  const [first] = issues;
  return (
    first?.code === "invalid_type" && first.path.length === 0 && (first.expected === "null" || first.expected === "undefined")
  );
}

function labelOf(schema: $ZodType | undefined, issues: readonly $ZodIssue[]): string {
  const leaf = schema && [...schemasIn(schema)].at(-1);
  if (leaf === undefined) return issues[0]?.code ?? "member";
  const { type } = leaf._zod.def;
  if (type === "number") return isIntegerSchema(leaf) ? "int" : "float";
  return LABELS[type] ?? type;
}

/** Python's names, by which clients of FastAPI know the members. */
const LABELS: Readonly<Record<string, string>> = {
  string: "str",
  boolean: "bool",
  bigint: "int",
  date: "datetime",
  array: "list",
  record: "dict",
  map: "dict",
};
