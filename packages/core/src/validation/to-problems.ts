import { config, type $ZodIssue, type $ZodRawIssue, type $ZodType, util } from "zod/v4/core";
import { describeIssue } from "./describe-issue.ts";
import { echo } from "./echo.ts";
import type { Finding } from "./finding.ts";
import { boundLoc, missing, type Problem } from "./problem.ts";
import { schemasIn } from "./schema-at.ts";
import { elementSpot, type Spot, spotAt } from "./spot.ts";
import { describeTag, labelledMembers } from "./union-members.ts";

/** The input that a schema refused. */
export interface RefusedInput {
  /** Shape: `["query", "limit"]`, `["body"]`. */
  readonly loc: readonly (string | number)[];
  readonly schema: $ZodType;
  /** What the schema was given: for text, what it was decoded to. */
  readonly value: unknown;
  /** What was sent, where it is not `value`: the text before decoding. */
  readonly received?: unknown;
  /** Whether the client may see its own input again; not for what can hold secrets. */
  readonly exposeInput: boolean;
}

/** One input tells at most so many problems, and so does one response. */
export const MAX_PROBLEMS = 100;

/**
 * What zod found, as FastAPI would say it.
 *
 * Shape:  for `z.int().min(1)` under `["query", "page"]` and the text `"0"`: one `greater_than_equal` with `ctx: { ge: 1 }`. Each forbidden extra key and each
 *         member of a union is a problem of its own. The issues may be finished ones (`safeParse`) or raw ones (`_zod.run`).
 * Cost:   by the first 100 problems only: a body of 100,000 wrong items is not told in full (JB-03).
 */
export function toProblems(issues: readonly ($ZodIssue | $ZodRawIssue)[], input: RefusedInput): Problem[] {
  const root: Spot = {
    loc: input.loc,
    schemas: [...schemasIn(input.schema)],
    value: input.value,
    received: input.received ?? input.value,
    isKnown: true,
    isRoot: true,
  };
  const problems: Problem[] = [];
  for (const issue of worthTelling(issues)) {
    if (problems.length >= MAX_PROBLEMS) break;
    problems.push(...problemsOf(issue, root, input));
  }
  return problems.slice(0, MAX_PROBLEMS);
}

/** Zod measures whatever has a length: of a list where text was wanted, it tells the type and then the length. */
function* worthTelling<Issue extends $ZodIssue | $ZodRawIssue>(issues: readonly Issue[]): Generator<Issue> {
  let mistaken: readonly PropertyKey[] | undefined;
  for (const issue of issues) {
    const { code, path = [] } = issue;
    const isSize = code === "too_small" || code === "too_big";
    if (isSize && mistaken?.length === path.length && path.every((key, index) => key === mistaken![index])) continue;
    if (code === "invalid_type") mistaken = path;
    yield issue;
  }
}

function problemsOf(given: $ZodIssue | $ZodRawIssue, start: Spot, input: RefusedInput): Problem[] {
  const issue = finish(given);
  const spot = elementSpot(spotAt(start, issue.path), given.input);
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.slice(0, MAX_PROBLEMS).map((key) => problemAt(spotAt(spot, [key]), EXTRA, input));
    case "invalid_key":
      return issue.issues.flatMap((inner) => problemsOf(inner, keySpot(spot, issue.path.at(-1)), input));
    case "invalid_element":
      return issue.issues.flatMap((inner) => problemsOf(inner, spotAt(spot, [String(issue.key)]), input));
    case "invalid_union":
      if (issue.discriminator !== undefined)
        return [problemAt(spotAt(start, issue.path.slice(0, -1)), describeTag(issue, spot.value, input.exposeInput), input)];
      if (issue.errors.length === 0 || isAbsent(issue, spot)) return [problemAt(spot, describe(issue, spot), input)];
      return labelledMembers(issue, spot).flatMap((member) =>
        [...worthTelling(member.issues)].flatMap((inner) => problemsOf(inner, member.spot, input)),
      );
    default:
      return [problemAt(spot, describe(issue, spot), input)];
  }
}

const EXTRA: Finding = { type: "extra_forbidden", msg: "Extra inputs are not permitted" };

/** Raw issues have no message yet. */
function finish(issue: $ZodIssue | $ZodRawIssue): $ZodIssue {
  return issue.message !== undefined && issue.path !== undefined && !("inst" in issue)
    ? (issue as $ZodIssue) // with message and path it is a finished one
    : util.finalizeIssue(issue as $ZodRawIssue, undefined, config());
}

function describe(issue: $ZodIssue, spot: Spot): Finding {
  return describeIssue(issue, { value: spot.value, schemas: spot.schemas, isAbsent: isAbsent(issue, spot) });
}

/** A key that is not there, or a whole body of `null`, as FastAPI counts it. */
function isAbsent(issue: $ZodIssue, spot: Spot): boolean {
  if (!spot.isKnown || !ABSENCE.has(issue.code)) return false;
  return spot.value === undefined || (spot.isRoot && spot.value === null);
}

/** The issues that can be about nothing being there; a limit or a format is always about something. */
const ABSENCE: ReadonlySet<string> = new Set(["invalid_type", "invalid_value", "invalid_union", "custom"]);

function keySpot(spot: Spot, key: PropertyKey | undefined): Spot {
  return { ...spot, loc: [...spot.loc, "[key]"], schemas: [], value: key, received: key, isKnown: true };
}

function problemAt(spot: Spot, finding: Finding, { exposeInput }: RefusedInput): Problem {
  if (finding.type === "missing") return { ...missing(spot.loc), msg: finding.msg };
  const input = exposeInput ? echo(spot.received ?? spot.value) : undefined;
  const { type, msg, ctx } = finding;
  return { type, loc: boundLoc(spot.loc), msg, ...(input === undefined ? {} : { input }), ...(ctx === undefined ? {} : { ctx }) };
}
