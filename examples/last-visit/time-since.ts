/**
 * Says in words how long ago something was. A distance needs no time zone, and the browser's is not known to the server.
 *
 * Shape: `"just now"` in the first minute, then `"5 minutes ago"`, `"yesterday"`, `"3 months ago"`.
 */
export function timeSince(moment: Date, now = new Date()): string {
  const seconds = (now.getTime() - moment.getTime()) / 1000;
  const found = units.find(([, size]) => seconds >= size);
  if (found === undefined) return "just now";
  const [unit, size] = found;
  return words.format(-Math.floor(seconds / size), unit);
}

const words = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

const units = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
] as const;
