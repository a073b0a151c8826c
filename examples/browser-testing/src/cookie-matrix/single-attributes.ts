import type { CookieAttributes } from "@madeleine/http";
import { isRemote, type CaseGroup } from "./cookie-case.ts";

const DAY = 24 * 60 * 60;
const inSeconds = (seconds: number): Date => new Date(Date.now() + seconds * 1000);

/** What each attribute may be on its own, and what it may not. */
export const singleAttributes: readonly CaseGroup[] = [
  group("maxAge", [0, -1, 1.5, 60, 400 * DAY, 401 * DAY, 1e12, -1e300, NaN, Infinity, "60", null], (maxAge) => ({ maxAge })),
  group(
    "expires",
    {
      "a day ago": inSeconds(-DAY),
      "the year 1970": new Date(0),
      "the year 1601": new Date(Date.UTC(1601, 0)),
      "the year 1600": new Date(Date.UTC(1600, 0)),
      "in an hour": inSeconds(3600),
      "in 400 days": inSeconds(400 * DAY),
      "in ten years: for 400 days": inSeconds(3652 * DAY),
      "the year 9999: for 400 days": new Date(Date.UTC(9999, 11)),
      "the year 10000": new Date(Date.UTC(10_000, 0)),
      "no date": new Date(NaN),
      '"tomorrow"': "tomorrow",
      "the number 60": 60,
    },
    (expires) => ({ expires }),
  ),
  group(
    "maxAge and expires",
    { "60, in a day": 60, "0, in a day": 0 },
    (maxAge) => ({ maxAge, expires: inSeconds(DAY) }), // Max-Age is stronger
  ),
  group(
    "path",
    [
      "/",
      null,
      "/app",
      "/app/",
      "/elsewhere",
      "/a b",
      "/a,b",
      "/%C3%A9",
      '/"',
      "/é",
      "",
      "app",
      "/;HttpOnly",
      "/\r\nX: 1",
      "/\t",
    ],
    (path) => ({
      path,
    }),
  ),
  group("path", { "1,024 characters": 1024, "1,025 characters": 1025 }, (length) => ({ path: `/${"a".repeat(length - 1)}` })),
  group(
    "domain",
    [
      "example.test",
      ".example.test",
      "Example.TEST",
      "app.example.test",
      "test",
      "",
      "..example.test",
      "example.test.",
      "*.example.test",
    ],
    (domain) => ({ domain }),
  ),
  group(
    "domain",
    [
      "https://example.test",
      "example.test:80",
      "example.test/",
      "example.test;SameSite=None",
      "example.test\r\nX: 1",
      "exämple.test",
    ],
    (domain) => ({ domain }),
  ),
  group("priority", ["low", "medium", "high", "urgent"], (priority) => ({ priority })),
];

function group<Value>(
  attribute: string,
  values: readonly Value[] | Readonly<Record<string, Value>>,
  toAttributes: (value: Value) => object,
): CaseGroup {
  const labelled = Array.isArray(values)
    ? (values as readonly Value[]).map((value): [string, Value] => [
        typeof value === "string" ? JSON.stringify(value) : String(value),
        value,
      ])
    : Object.entries(values as Readonly<Record<string, Value>>);
  return {
    title: `One attribute: ${attribute}`,
    columns: [attribute],
    cases: labelled.map(([label, value], index) => ({
      name: `${attribute.replaceAll(" ", "-")}${index}`,
      value: "1",
      attributes: toAttributes(value) as CookieAttributes, // some of them are not
      cells: [label],
    })),
    isFrom: isRemote,
  };
}
