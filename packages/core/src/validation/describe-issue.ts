import type { $ZodIssue } from "zod/v4/core";
import { authorWords } from "./author-words.ts";
import type { Finding, Subject } from "./finding.ts";
import { describeFormat } from "./wrong-format.ts";
import { describeMultiple, describeTooBig, describeTooSmall } from "./wrong-size.ts";
import { describeType } from "./wrong-type.ts";
import { describeValue } from "./wrong-value.ts";

/**
 * A zod issue in pydantic's words. Where the schema's author wrote a message, that is the message; type and ctx stay.
 *
 * Shape:  `z.number().min(1)` given 0 is `greater_than_equal`, "Input should be greater than or equal to 1", `{ ge: 1 }`; a refinement "no!"
 *         is `value_error`, "Value error, no!".
 */
export function describeIssue(issue: $ZodIssue, subject: Subject): Finding {
  const words = authorWords(issue, subject.value);
  if (issue.code === "custom") return words === undefined && subject.isAbsent ? MISSING : valueError(words ?? "Invalid input");
  const finding = subject.isAbsent ? MISSING : describeOwn(issue, subject);
  return words === undefined ? finding : { ...finding, msg: words };
}

const MISSING: Finding = { type: "missing", msg: "Field required" };

function describeOwn(issue: Exclude<$ZodIssue, { code: "custom" }>, subject: Subject): Finding {
  switch (issue.code) {
    case "invalid_type":
      return describeType(issue, subject);
    case "too_small":
      return describeTooSmall(issue, subject);
    case "too_big":
      return describeTooBig(issue, subject);
    case "not_multiple_of":
      return describeMultiple(issue);
    case "invalid_format":
      return describeFormat(issue, subject.value);
    case "invalid_value":
      return describeValue(issue, subject);
    default:
      return valueError("Invalid input"); // unions and keys are told apart before, by their members
  }
}

function valueError(words: string): Finding {
  return { type: "value_error", msg: `Value error, ${words}`, ctx: { error: words } };
}
