import type { Finding } from "./finding.ts";

/** What is wrong with a value where a Date is expected: text that writes none, or anything else. */
export function describeDate(value: unknown, isUnreadable: boolean): Finding {
  if (typeof value !== "string" || !isUnreadable) return { type: "datetime_type", msg: "Input should be a valid datetime" };
  const error = dateFault(value);
  return { type: "datetime_from_date_parsing", msg: `Input should be a valid datetime or date, ${error}`, ctx: { error } };
}

/**
 * What keeps a text from being a date, in pydantic's words.
 *
 * Shape:  `"2024-02-30"` gives `"day value is outside expected range"`, `"x"` gives `"input is too short"`.
 */
export function dateFault(text: string): string {
  if (text.length < 10) return "input is too short";
  const parts = DATE.exec(text);
  if (parts === null) return "invalid character in date, expected YYYY-MM-DD";
  const [month, day] = [Number(parts[2]), Number(parts[3])];
  if (month < 1 || month > 12) return "month value is outside expected range of 1-12";
  if (day < 1 || day > daysIn(Number(parts[1]), month)) return "day value is outside expected range";
  return Number(parts[1]) === 0 ? "year 0 is out of range" : "unexpected extra characters at the end of the input";
}

const DATE = /^(\d{4})-(\d{2})-(\d{2})/;

function daysIn(year: number, month: number): number {
  const lastDay = new Date(0);
  lastDay.setUTCFullYear(year, month, 0); // the day before the first of the next month
  return lastDay.getUTCDate();
}
