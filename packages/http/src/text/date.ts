/**
 * The moment that an ISO 8601 date or date and time names, or the text itself.
 *
 * Shape:  `"2024-01-31"` is midnight UTC; `"2024-01-31T10:00"`, `"2024-01-31 10:00:00.5"`, `"2024-01-31T10:00:00Z"` and `"…+05:30"` or
 *         `"…+0530"` are read too. Without an offset the time is UTC. `"2024-02-30"`, `"24:00"`, a second 60, the year 0, ` 2024-01-31`
 *         and `"1700000000"` stay text.
 * Units:  digits below the millisecond are dropped, as a Date has no place for them.
 * Source: RFC 3339 §5.6 and pydantic's datetime parsing. Two differences: a time without an offset is never the server's
 *         local time, and numbers are not read as an epoch, since seconds or milliseconds would be a guess.
 */
export function decodeDate(text: string): Date | string {
  if (text.length < 10 || text.length > LONGEST) return text;
  const parts = ISO.exec(text);
  if (parts === null) return text;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  if (year === 0 || !isCalendarDay(year, month, day)) return text;
  const moment = new Date(0);
  moment.setUTCFullYear(year, month - 1, day); // Date.UTC would read the years 0 to 99 as 1900 to 1999
  moment.setUTCHours(Number(parts[4] ?? 0), Number(parts[5] ?? 0), Number(parts[6] ?? 0), milliseconds(parts[7]));
  moment.setTime(moment.getTime() - offsetMs(parts[8], parts[9], parts[10]));
  return moment;
}

/** Longest accepted text: `2024-01-31T10:00:00.123456789+05:30`. */
const LONGEST = 35;

// Every quantifier is over one character class and bounded, so there is nothing to backtrack into (CVE-2026-30837).
const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:[Tt _]([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,9}))?)?(?:[Zz]|([+-])([01]\d|2[0-3]):?([0-5]\d))?)?$/;

function isCalendarDay(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false;
  return day <= (month === 2 && isLeapYear(year) ? 29 : DAYS[month - 1]!); // the month was checked the line above
}

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

function milliseconds(fraction: string | undefined): number {
  return fraction === undefined ? 0 : Number(fraction.slice(0, 3).padEnd(3, "0"));
}

function offsetMs(sign: string | undefined, hours: string | undefined, minutes: string | undefined): number {
  if (sign === undefined) return 0;
  const distance = (Number(hours) * 60 + Number(minutes)) * 60_000;
  return sign === "-" ? -distance : distance;
}
