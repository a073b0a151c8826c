import * as fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { CookieError } from "../../src/cookies/cookie-error.ts";
import type { CookieAttributes } from "../../src/cookies/options.ts";
import { parseCookies } from "../../src/cookies/parse.ts";
import { serializeCookie } from "../../src/cookies/serialize.ts";

test("the defaults are Path=/ and SameSite=lax (conformance cookie-set-defaults)", () => {
  assert.is(serializeCookie("mycookie", "myvalue"), "mycookie=myvalue; Path=/; SameSite=lax");
  assert.is(serializeCookie("mycookie", "myvalue", {}), "mycookie=myvalue; Path=/; SameSite=lax");
});

test("null leaves path and sameSite out (conformance cookie-set-path-none, cookie-set-samesite-none-omits)", () => {
  assert.is(serializeCookie("a", "b", { path: null }), "a=b; SameSite=lax");
  assert.is(serializeCookie("a", "b", { sameSite: null }), "a=b; Path=/");
});

test("every attribute is written", () => {
  const all: CookieAttributes = {
    maxAge: 3600,
    expires: new Date(Date.UTC(2037, 0, 22, 12, 0, 10)),
    path: "/a",
    domain: ".example.com",
    secure: true,
    httpOnly: true,
    sameSite: "none",
    partitioned: true,
    priority: "high",
  };
  assert.equal(parseStrictly(serializeCookie("a", "b", all)), {
    pair: ["a", "b"],
    attributes: [
      "max-age=3600",
      "expires=Thu, 22 Jan 2037 12:00:10 GMT",
      "domain=.example.com",
      "path=/a",
      "samesite=none",
      "httponly",
      "secure",
      "partitioned",
      "priority=high",
    ],
  });
});

test("secure auto follows the scheme", () => {
  assert.is(serializeCookie("a", "b", { secure: "auto" }, false), "a=b; Path=/; SameSite=lax");
  assert.is(serializeCookie("a", "b", { secure: "auto" }, true), "a=b; Path=/; SameSite=lax; Secure");
});

test("any text survives a strict parser, decodeURIComponent and our own parser (RFC 6265 §4.1.1)", () => {
  const text = fc.string({ unit: "grapheme", maxLength: 300 }).filter((value) => encodeURIComponent(value).length < 3900);
  fc.assert(
    fc.property(text, (value) => {
      const { pair } = parseStrictly(serializeCookie("a", value));
      assert.is(decodeURIComponent(pair[1]), value);
    }),
  );
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 300 }), (value) => {
      assert.is(decodeURIComponent(parseStrictly(serializeCookie("a", value)).pair[1]), value);
      assert.is(parseCookies(serializeCookie("a", value)).get("a"), value);
    }),
  );
});

for (const value of ["x; Secure; Domain=evil", "x\r\ny", "x\0", "x,y", "日本", '"q"', "100%", "%41", "a\\b", " a "]) {
  test(`CK-03: ${JSON.stringify(value)} is percent-encoded, never raw`, () => {
    const { pair, attributes } = parseStrictly(serializeCookie("a", value));
    assert.is(decodeURIComponent(pair[1]), value);
    assert.equal(attributes, ["path=/", "samesite=lax"]);
  });
}

const forged = (attributes: unknown) => attributes as CookieAttributes; // what a cast or JavaScript gives

const refused: [attack: string, rule: string, name: string, attributes: CookieAttributes, message: RegExp][] = [
  ...["a\r\nX-Evil: 1", "a;b", "a=b", "a b", "a,b", '"a', "", "a\x7f", "é", "\u00a0__Host-x"].map(
    (name): [string, string, string, CookieAttributes, RegExp] => [
      "CK-02",
      "COOKIE_NAME",
      name,
      {},
      /not a token \(RFC 6265 §4\.1\.1\)/,
    ],
  ),
  ["CK-04", "COOKIE_PATH", "a", { path: "/;HttpOnly" }, /the path must begin with \/.*RFC 6265/],
  ["CK-04", "COOKIE_PATH", "a", { path: "/\r\nX: 1" }, /path/],
  ["CK-04", "COOKIE_PATH", "a", { path: "/é" }, /percent-encode/],
  ["CK-04", "COOKIE_PATH", "a", { path: "admin" }, /must begin with \//],
  ["CK-04", "COOKIE_PATH", "a", { path: `/${"a".repeat(1024)}` }, /path/],
  ["CK-04", "COOKIE_DOMAIN", "a", { domain: "e.com;SameSite=None" }, /not a host name/],
  ["CK-04", "COOKIE_DOMAIN", "a", { domain: "e.com\r\nX: 1" }, /not a host name/],
  ["CK-04", "COOKIE_DOMAIN", "a", { domain: "https://e.com" }, /without scheme/],
  ["CK-04", "COOKIE_DOMAIN", "a", { domain: "example.com." }, /not a host name/],
  ["CK-04", "COOKIE_DOMAIN", "a", { domain: `${"a".repeat(64)}.com` }, /not a host name/],
  ["CK-04", "COOKIE_DOMAIN", "a", { domain: `${"a.".repeat(127)}com` }, /not a host name/],
  ["public suffix", "COOKIE_DOMAIN", "a", { domain: "com" }, /one label.*rfc6265bis §5\.7.*leave domain out/],
  ["public suffix", "COOKIE_DOMAIN", "a", { domain: ".test" }, /one label/],
  ["CK-06", "COOKIE_SAME_SITE", "a", { sameSite: "none" }, /sameSite "none" needs secure.*mend: secure: true/],
  ["CK-06", "COOKIE_SAME_SITE", "a", { sameSite: "none", secure: "auto" }, /needs secure/],
  ["CK-07", "COOKIE_PARTITIONED", "a", { partitioned: true }, /partitioned needs secure/],
  ["CK-08", "COOKIE_HOST_PREFIX", "__Host-s", {}, /needs secure, path \/ and no domain/],
  ["CK-08", "COOKIE_HOST_PREFIX", "__Host-s", { secure: "auto" }, /secure/],
  ["CK-08", "COOKIE_HOST_PREFIX", "__Host-s", { secure: true, domain: "e.com" }, /domain/],
  ["CK-08", "COOKIE_HOST_PREFIX", "__host-s", { secure: true, path: "/x" }, /path/],
  ["CK-08", "COOKIE_HOST_PREFIX", "__HOST-s", { secure: true, path: null }, /path/],
  ["CK-08", "COOKIE_HTTP_PREFIX", "__Http-s", { secure: true }, /needs secure and httpOnly.*layered-cookies/],
  ["CK-08", "COOKIE_HTTP_PREFIX", "__http-s", { httpOnly: true, secure: "auto" }, /mend: secure: true, httpOnly: true/],
  ["CK-08", "COOKIE_HTTP_PREFIX", "__Host-Http-s", { secure: true }, /httpOnly/],
  ["CK-08", "COOKIE_HOST_PREFIX", "__HOST-HTTP-s", { secure: true, httpOnly: true, path: "/x" }, /path/],
  ["CK-08", "COOKIE_SECURE_PREFIX", "__Secure-s", {}, /needs secure/],
  ["CK-08", "COOKIE_SECURE_PREFIX", "__secure-s", { httpOnly: true }, /needs secure/],
  ...[1.5, Number.NaN, Infinity, 34_560_001, 1e12, -1e300, "60", null].map(
    (maxAge): [string, string, string, CookieAttributes, RegExp] => [
      "CK-09",
      "COOKIE_MAX_AGE",
      "a",
      forged({ maxAge }),
      /maxAge is not a whole number of seconds up to 400 days/,
    ],
  ),
  ...[new Date(Number.NaN), new Date(Date.UTC(10_000, 0)), new Date(Date.UTC(1600, 11)), "tomorrow"].map(
    (expires): [string, string, string, CookieAttributes, RegExp] => [
      "CK-10",
      "COOKIE_EXPIRES",
      "a",
      forged({ expires }),
      /not a valid date/,
    ],
  ),
  ["JavaScript", "COOKIE_ATTRIBUTE", "a", forged({ httponly: true }), /there is no attribute "httponly".*httpOnly/],
  ["JavaScript", "COOKIE_ATTRIBUTE", "a", forged({ secure: "false" }), /secure has a value that it cannot have/],
  ["JavaScript", "COOKIE_ATTRIBUTE", "a", forged({ sameSite: "Lax" }), /one of null, "lax", "strict", "none"/],
  ["JavaScript", "COOKIE_ATTRIBUTE", "a", forged({ constructor: 1 }), /there is no attribute/],
];

for (const [attack, rule, name, attributes, message] of refused) {
  test(`${attack}: ${JSON.stringify(name)} with ${JSON.stringify(attributes)} is refused as ${rule}`, () => {
    const error = errorOf(() => serializeCookie(name, "v", attributes));
    assert.is(error.rule, rule);
    assert.match(error.message, message);
    assert.not.match(error.message, /[\r\n]/);
  });
}

test("CK-09: zero and less delete, 400 days are allowed", () => {
  for (const maxAge of [0, -1, 34_560_000]) assert.match(serializeCookie("a", "b", { maxAge }), `; Max-Age=${maxAge};`);
});

test("CK-08: a prefixed cookie that keeps its promise is written", () => {
  assert.is(serializeCookie("__Host-s", "1", { secure: true }), "__Host-s=1; Path=/; SameSite=lax; Secure");
  assert.is(serializeCookie("__Secure-s", "1", { secure: true, path: "/x" }), "__Secure-s=1; Path=/x; SameSite=lax; Secure");
  const ofHttp = { secure: true, httpOnly: true };
  assert.is(serializeCookie("__Http-s", "1", { ...ofHttp, path: "/x" }), "__Http-s=1; Path=/x; SameSite=lax; HttpOnly; Secure");
  assert.is(serializeCookie("__Host-Http-s", "1", ofHttp), "__Host-Http-s=1; Path=/; SameSite=lax; HttpOnly; Secure");
});

test("a domain is a host name, an address or localhost, with or without the dot in front", () => {
  for (const domain of ["example.com", ".example.com", "a_b.Example.com", "127.0.0.1", "localhost", "xn--bcher-kva.example"])
    assert.is(serializeCookie("a", "b", { domain }), `a=b; Domain=${domain}; Path=/; SameSite=lax`);
});

test("what a name was last written with changes nothing: every line is as if it were the first", () => {
  const attributes = fc.record<CookieAttributes>(
    {
      maxAge: fc.constantFrom(undefined, 0, 60, 61),
      expires: fc.constantFrom(undefined, new Date(0), new Date(1e12)),
      path: fc.constantFrom(undefined, null, "/", "/a"),
      domain: fc.constantFrom(undefined, "e.com", ".e.com"),
      secure: fc.constantFrom(undefined, true, "auto" as const),
      httpOnly: fc.constantFrom(undefined, true, false),
      sameSite: fc.constantFrom(undefined, null, "strict" as const),
    },
    { requiredKeys: [] },
  );
  let fresh = 0;
  fc.assert(
    fc.property(fc.array(attributes, { maxLength: 6 }), (several) => {
      for (const each of several) {
        const name = `n${fresh++}`; // more of them than are remembered
        assert.is(serializeCookie("same", "v", each, true).replace("same", name), serializeCookie(name, "v", each, true));
      }
    }),
  );
});

test("a mistake is one also right after what was good", () => {
  const write = (attributes: unknown): string => serializeCookie("known", "v", forged(attributes));
  const good = write({ maxAge: 60, httpOnly: true });
  assert.is(write({ maxAge: 60, httpOnly: true }), good);
  assert.is(write({ httpOnly: true, maxAge: 60 }), good);
  for (const wrong of [
    { maxAge: 60, httponly: true },
    { maxAge: 60, httpOnly: true, secured: true },
    { maxAge: "60", httpOnly: true },
    { maxAge: 60, httpOnly: 1 },
  ])
    errorOf(() => write(wrong));
  assert.is(write({ maxAge: 60 }), "known=v; Max-Age=60; Path=/; SameSite=lax");
});

test("attributes of a class count as they are, and a date that was changed is another one", () => {
  class Strict {
    maxAge = 60;
    get httpOnly() {
      return true;
    }
  }
  assert.is(serializeCookie("classy", "v", { maxAge: 60 }), "classy=v; Max-Age=60; Path=/; SameSite=lax");
  assert.match(serializeCookie("classy", "v", new Strict()), /; HttpOnly$/);
  assert.not.match(serializeCookie("classy", "v", { maxAge: 60 }), /HttpOnly/);
  const expires = new Date(0);
  assert.match(serializeCookie("dated", "v", { expires }), /1970/);
  expires.setUTCFullYear(1999);
  assert.match(serializeCookie("dated", "v", { expires }), /1999/);
});

test("4,096 bytes with the attributes are the most (RFC 6265 §6.1)", () => {
  const rest = "a=; Path=/; SameSite=lax".length;
  assert.is(serializeCookie("a", "v".repeat(4096 - rest)).length, 4096);
  const error = errorOf(() => serializeCookie("a", "v".repeat(4097 - rest)));
  assert.is(error.rule, "COOKIE_SIZE");
  assert.match(error.message, /it has 4097 bytes/);
  assert.is(errorOf(() => serializeCookie("a", "日".repeat(500))).rule, "COOKIE_SIZE", "what counts is what is sent");
});

test("half of a surrogate pair, and what is no text, are refused without showing the value", () => {
  const error = errorOf(() => serializeCookie("a", "secret\ud800"));
  assert.is(error.rule, "COOKIE_VALUE");
  assert.not.match(error.message, "secret");
  assert.is(errorOf(() => serializeCookie("a", 5 as unknown as string)).rule, "COOKIE_VALUE");
});

test("an error tells the cookie, the rule, its source and the mend", () => {
  const { message } = errorOf(() => serializeCookie("sid", "1", { sameSite: "none" }));
  assert.is(
    message,
    'Cookie "sid": sameSite "none" needs secure: browsers drop the cookie otherwise (rfc6265bis §5.7). mend: secure: true [COOKIE_SAME_SITE]',
  );
});

/** RFC 6265 §4.1.1, word for word: what does not match is not a Set-Cookie. */
function parseStrictly(line: string): { pair: [string, string]; attributes: string[] } {
  const match = /^([!#$%&'*+\-.^_`|~\w]+)=([\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*)((?:; [\x20-\x3a\x3c-\x7e]+)*)$/.exec(
    line,
  );
  assert.ok(match, `not a Set-Cookie value: ${JSON.stringify(line)}`);
  const attributes = match[3]!.split("; ").slice(1);
  const lowered = attributes.map((each) => each.replace(/^[^=]+/, (key) => key.toLowerCase()));
  return { pair: [match[1]!, match[2]!], attributes: lowered };
}

function errorOf(run: () => unknown): CookieError {
  try {
    run();
  } catch (error) {
    assert.instance(error, CookieError);
    return error as CookieError;
  }
  return assert.unreachable("nothing was thrown") as never;
}

test.run();
