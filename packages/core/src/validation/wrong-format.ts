import { type $ZodIssueInvalidStringFormat, util } from "zod/v4/core";
import { dateFault } from "./wrong-date.ts";
import type { Finding } from "./finding.ts";

/**
 * A text that is not of its format.
 *
 * Shape:  `z.string().regex(/^fix/)` gives `string_pattern_mismatch` with `ctx: { pattern: "^fix" }`; `z.uuid()` gives `uuid_parsing`. A format that
 *         pydantic has no word for is a `value_error`.
 */
export function describeFormat(issue: $ZodIssueInvalidStringFormat, value: unknown): Finding {
  const text = typeof value === "string" ? value : "";
  const format = FORMATS[issue.format];
  if (format !== undefined) return format(text);
  const pattern = patternOf(issue);
  if (pattern === undefined)
    return { type: "value_error", msg: `Value error, Input should be a valid ${issue.format.replaceAll("_", " ")}` };
  return { type: "string_pattern_mismatch", msg: `String should match pattern '${pattern}'`, ctx: { pattern } };
}

const FORMATS: Readonly<Record<string, (text: string) => Finding>> = {
  uuid: describeUuid,
  guid: describeUuid,
  url: (text) =>
    parsing("url_parsing", "Input should be a valid URL", text === "" ? "input is empty" : "relative URL without a base"),
  date: (text) => parsing("date_from_datetime_parsing", "Input should be a valid date or datetime", dateFault(text)),
  datetime: (text) => parsing("datetime_parsing", "Input should be a valid datetime", dateFault(text)),
  time: (text) =>
    parsing("time_parsing", "Input should be in a valid time format", text.length < 5 ? "input is too short" : "invalid time"),
  duration: () => parsing("time_delta_parsing", "Input should be a valid timedelta", "expected an ISO 8601 duration"),
  ipv4: () => ({ type: "ip_v4_address", msg: "Input is not a valid IPv4 address" }),
  ipv6: () => ({ type: "ip_v6_address", msg: "Input is not a valid IPv6 address" }),
  cidrv4: () => ({ type: "ip_v4_network", msg: "Input is not a valid IPv4 network" }),
  cidrv6: () => ({ type: "ip_v6_network", msg: "Input is not a valid IPv6 network" }),
  email: () => ({ type: "value_error", msg: "value is not a valid email address" }),
};

function parsing(type: string, msg: string, error: string): Finding {
  return { type, msg: `${msg}, ${error}`, ctx: { error } };
}

function describeUuid(text: string): Finding {
  const digits = text.replaceAll("-", "");
  const isLength = text.length === 36 || text.length === 32;
  const error = isLength ? uuidFault(digits) : `invalid length: expected length 32 for simple format, found ${text.length}`;
  return parsing("uuid_parsing", "Input should be a valid UUID", error);
}

function uuidFault(digits: string): string {
  return /^[0-9a-f]{32}$/i.test(digits) ? "not of the expected version, or without hyphens" : "invalid character";
}

/** The formats whose pattern the author wrote; zod's own patterns of named formats say nothing to a client. */
function patternOf(issue: $ZodIssueInvalidStringFormat): string | undefined {
  const { format, pattern, prefix, suffix, includes } = issue as unknown as Partial<Record<string, string>>; // which of them, depends on the format
  switch (format) {
    case "starts_with":
      return `^${util.escapeRegex(prefix ?? "")}`;
    case "ends_with":
      return `${util.escapeRegex(suffix ?? "")}$`;
    case "includes":
      return util.escapeRegex(includes ?? "");
    case "regex":
    case "lowercase":
    case "uppercase":
    case "template_literal":
      return pattern?.replace(/^\/(.*)\/$/s, "$1"); // with flags it stays a literal: they are part of what it says
    default:
      return undefined;
  }
}
