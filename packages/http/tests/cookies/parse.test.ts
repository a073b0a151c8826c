import * as fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { findCookie, findCookies, parseCookies } from "../../src/cookies/parse.ts";
import { assertLinear } from "../../../../scripts/test/assert-linear.ts";

const parsed = (header: string): Array<[string, string]> => [...parseCookies(header)];

test("a header gives its cookies in order", () => {
  assert.equal(parsed("theme=dark; sid=a%20b"), [
    ["theme", "dark"],
    ["sid", "a b"],
  ]);
  assert.equal(parsed(""), []);
});

test("CK-14: of equal names the first wins, and findCookies gives all (RFC 6265 §5.4)", () => {
  assert.equal(parsed("a=1; a=2"), [["a", "1"]]);
  assert.is(findCookie("a=1; a=2", "a"), "1");
  assert.equal(findCookies("a=1; b=3; a=2", "a"), ["1", "2"]);
});

test("CK-16: malformed pairs are skipped, quotes are removed once, bad escapes stay", () => {
  const header = `a="q"; b="a;b"; c=%zz; d=%E0%A4%A; e; =f; ;; a =1`;
  assert.equal(parsed(header), [
    ["a", "q"],
    ["b", '"a'],
    ["c", "%zz"],
    ["d", "%E0%A4%A"],
  ]);
  assert.equal(findCookies(header, "a"), ["q", "1"]);
  assert.equal(parsed('x=""y""; one="'), [
    ["x", '"y"'],
    ["one", '"'],
  ]);
});

test("CK-18: a value that looks like JSON stays text", () => {
  assert.is(findCookie('name=J:{"__proto__":{"x":1}}', "name"), 'J:{"__proto__":{"x":1}}');
});

test("CK-02: a no-break space is no white space: it does not turn a name into __Host-sid", () => {
  assert.equal(parsed("\u00a0__Host-sid=evil"), [["\u00a0__Host-sid", "evil"]]);
  assert.is(findCookie("\u00a0__Host-sid=evil; __Host-sid=good", "__Host-sid"), "good");
});

test("a name is found whole, not as the end, the start or the value of another", () => {
  assert.is(findCookie("xsid=1; sidx=2; a=sid; b=sid=4; sid=5", "sid"), "5");
  assert.is(findCookie("xsid=1; sidx=2; a=sid; b=sid=4", "sid"), undefined);
});

test("a name that no cookie can have is never found", () => {
  for (const name of ["", "a=b", "a;b", " a", "a "]) assert.is(findCookie("a=b=c; a;b=1; a =1; =2", name), undefined);
});

test("names of Object.prototype are names like any other", () => {
  assert.equal(parsed("__proto__=x; constructor=y"), [
    ["__proto__", "x"],
    ["constructor", "y"],
  ]);
  assert.is(findCookie("a=b", "toString"), undefined);
});

test("the lenient cases of Starlette read as there (conformance: cookie_parse)", () => {
  assert.equal(parsed("keebler=E=mc2"), [["keebler", "E=mc2"]]);
  assert.equal(parsed("key:term=value:term"), [["key:term", "value:term"]]);
  assert.equal(parsed("a=b; c=[; d=r; f=h"), [
    ["a", "b"],
    ["c", "["],
    ["d", "r"],
    ["f", "h"],
  ]);
  assert.equal(parsed("a b c=d e = f; gh=i"), [
    ["a b c", "d e = f"],
    ["gh", "i"],
  ]);
  assert.equal(parsed('a   b,c<>@:/[]?{}=d  "  =e,f g'), [["a   b,c<>@:/[]?{}", 'd  "  =e,f g']]);
  assert.equal(parsed('keebler="E=mc2; L=\\"Loves\\"; fudge=\\012;"'), [
    ["keebler", '"E=mc2'],
    ["L", '\\"Loves\\"'],
    ["fudge", "\\012"],
  ]);
});

test("finding one agrees with parsing all, for every header", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "b", "=", ";", " ", "\t", '"', "%", "2", "0", "\u00a0"), maxLength: 40 });
  fc.assert(
    fc.property(text, text, (header, other) => {
      const cookies = parseCookies(header);
      for (const [name, value] of cookies) assert.is(findCookie(header, name), value);
      for (const name of [other, "a", "b", "aa", "a b"]) assert.is(findCookie(header, name), cookies.get(name));
    }),
    { numRuns: 3000 },
  );
});

test("8,000 pairs, or 16 kB of almost matching text, are read in linear time", async () => {
  for (const [piece, count] of [
    ["a=1;", 8000],
    ["a ", 8000],
    [" ", 16_000],
    ["a a ;", 3200],
    ["a=%ff;", 2700],
  ] as const) {
    await assertLinear(`parseCookies ${piece}`, (size) => parseCookies(piece.repeat(size)), count);
    await assertLinear(`findCookies ${piece}`, (size) => findCookies(piece.repeat(size), "a"), count);
    await assertLinear(`findCookie ${piece}`, (size) => findCookie(piece.repeat(size), "b"), count);
  }
});

test.run();
