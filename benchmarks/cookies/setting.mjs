import { defineCookie } from "@madeleine/http";
import { stringifySetCookie } from "cookie";
import { z } from "zod";

const attributes = { maxAge: 31_536_000, path: "/", httpOnly: true, secure: true, sameSite: "lax" };
const Theme = defineCookie("theme", z.enum(["light", "dark"]), attributes);
const SessionId = defineCookie("session_id", z.string(), attributes);
const ids = Array.from({ length: 64 }, () => Buffer.from(crypto.randomUUID().replaceAll("-", "")));
const themes = ["light", "dark"];

export const setting = [
  contest("a line of an enum", Theme, (number) => themes[number % 2]),
  contest("a line of a text", SessionId, (number) => ids[number % 64].latin1Slice()),
];

function contest(title, definition, prepare) {
  const ours = { prepare, run: (value) => flat(toLine(definition.toSetCookie(value))) };
  const other = {
    name: "stringifySetCookie",
    prepare,
    run: (value) => flat(stringifySetCookie({ name: definition.name, value, ...attributes })),
  };
  const sorted = (line) => line.toLowerCase().split("; ").sort().join();
  if (sorted(ours.run("dark")) !== sorted(other.run("dark"))) throw new Error(`${title}: the lines differ`);
  return { title, ours, other, bar: { isFactor: true, value: 2 } };
}

function toLine({ pair, attributes }) {
  return pair + attributes.overHttps;
}

/** A text that was put together is copied into one when somebody looks at it, as node does to send it. */
function flat(line) {
  line.charCodeAt(0);
  return line;
}
