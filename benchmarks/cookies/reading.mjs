import { RequestCookies } from "@madeleine/http";
import { parseCookie } from "cookie";

/** As a browser sends them: what scripts and consent managers write is percent-encoded. */
const usual = {
  _ga: "GA1.1.1204718391.1764000000",
  theme: "dark",
  locale: "en-GB",
  last_visit: "2026-11-23T09%3A00%3A00.000Z",
  cookie_consent: "%7B%22version%22%3A1%2C%22categories%22%3A%5B%22analytics%22%5D%7D",
  session_id: "4f8c2e61a7d94b3c8e5f0b7d6a1c9e2f",
};
const plain = { ...usual, last_visit: "2026-11-23", cookie_consent: "1:analytics" };

export const reading = [
  contest("the session id, last of six, two of which are encoded", usual, ["session_id"]),
  contest("each of six in turn, two of which are encoded", usual, Object.keys(usual)),
  contest("each of six in turn, none of which is encoded", plain, Object.keys(plain)),
];

function contest(title, cookies, wanted) {
  const pairs = Object.entries(cookies).map(([name, value]) => `${name}=${value}`);
  const bytes = Buffer.from(pairs.join("; "));
  const prepare = () => bytes.latin1Slice(); // as node's parser makes it, and never seen before
  const nameOf = (number) => wanted[number % wanted.length];
  const ours = { prepare, run: (header, number) => new RequestCookies(header).get(nameOf(number)) };
  const other = { name: "parseCookie", prepare, run: (header, number) => parseCookie(header)[nameOf(number)] };
  for (const [number, name] of wanted.entries())
    for (const { run } of [ours, other])
      if (run(prepare(), number) !== decodeURIComponent(cookies[name])) throw new Error(`${title}: ${name} is not read`);
  return { title, ours, other, bar: { isFactor: true, value: 10 } };
}
