import { test } from "uvu";
import * as assert from "uvu/assert";
import { z } from "zod";
import { CookieError } from "../../../src/cookies/cookie-error.ts";
import { defineCookie, type CookieDefinition } from "../../../src/cookies/definition.ts";
import { RequestCookies } from "../../../src/cookies/request-cookies.ts";
import { CookieKeys } from "../../../src/cookies/sealing/cookie-keys.ts";
import { Response } from "../../../src/responses/response.ts";

const newest = "PgB5Wr4MYqn0n8oL3vHk1cZt7uXeDs2JfGaQiKyT9RU=";
const older = "hT0vJ8x1KqYw5zBn3LmR7uCsE2oDgXfA9iPkQjZt6Wc=";
const keys = new CookieKeys([newest]);
const rotated = new CookieKeys(["Zq8Rt1Lm4Xc7Vb0Nn3Kj6Hg9Fd2Sa5Po8Iu1Yt4Re7=", newest]);

const Signed = defineCookie("sid", z.string().optional(), { signed: true });
const Encrypted = defineCookie("sid", z.string().optional(), { encrypted: true, maxAge: 3600 });
const Visit = defineCookie("visit", z.date().optional(), { signed: true, maxAge: 60 });

/** The cookies of the request that follows a response. */
function sent(response: Response, by = keys): RequestCookies {
  return received(pairOf(response, by));
}

function pairOf(response: Response, by = keys): string {
  const [line = ""] = response.cookies.lines(true, { cookies: new RequestCookies(undefined, { cookieKeys: by }) });
  return line.split("; ", 1)[0] ?? "";
}

function received(header: string, by = keys): RequestCookies {
  return new RequestCookies(header, { cookieKeys: by });
}

for (const [kind, definition] of [
  ["signed", Signed],
  ["encrypted", Encrypted],
] as const) {
  test(`a ${kind} value is read back, whatever it holds`, () => {
    for (const value of ["1", "", "a.b.c", 'thé; 🍰,"\\', "%41", "=".repeat(50)]) {
      assert.is(sent(new Response().setCookie(definition, value)).get(definition), value);
    }
  });

  test(`CK-19: a ${kind} value with any one character changed, left out or added reads as absent`, () => {
    const pair = pairOf(new Response().setCookie(definition, "victim"));
    assert.is(received(pair).get(definition), "victim");
    for (let at = "sid=".length; at < pair.length; at++) {
      const other = pair[at] === "A" ? "B" : "A";
      for (const text of [other, "", `${pair[at]}${other}`]) {
        assert.is(received(pair.slice(0, at) + text + pair.slice(at + 1)).get(definition), undefined, `${at} ${text}`);
      }
    }
  });

  test(`CK-19, CK-20: a ${kind} value that is cut anywhere, or no such value at all, reads as absent and never throws`, () => {
    const pair = pairOf(new Response().setCookie(definition, "victim"));
    for (let length = "sid=".length; length < pair.length; length++) {
      assert.is(received(pair.slice(0, length)).get(definition), undefined);
    }
    for (const value of ["", ".", "..", "a.b.c", "EaMH", "\u0141".repeat(80), "%C5%81".repeat(80), "x".repeat(4000), "🍰"]) {
      assert.is(received(`sid=${value}`).get(definition), undefined);
    }
  });

  test(`CK-19: a ${kind} value that was given for another name reads as absent`, () => {
    const pair = pairOf(new Response().setCookie(definition, "victim"));
    const options = kind === "signed" ? { signed: true } : { encrypted: true };
    const Other = defineCookie("admin", z.string().optional(), options);
    assert.is(received(pair.replace("sid=", "admin=")).get(Other), undefined);
  });

  test(`CK-15: of several ${kind} values of one name the first genuine one counts`, () => {
    const pair = pairOf(new Response().setCookie(definition, "victim"));
    assert.is(received(`sid=attacker; ${pair}; sid=again`).get(definition), "victim");
  });

  test(`a ${kind} value under an unknown secret reads as absent`, () => {
    const foreign = new CookieKeys([older]);
    assert.is(received(pairOf(new Response().setCookie(definition, "x"), foreign)).get(definition), undefined);
  });

  test(`a ${kind} cookie without secrets is refused in words, when it is read and when it is sent, and never goes out plain`, () => {
    const read = errorOf(() => new RequestCookies("sid=1").get(definition));
    assert.is(read.rule, "COOKIE_SECRETS");
    assert.match(read.message, /mend: new App\(\{ secrets: .*openssl rand -base64 32/);
    const response = new Response().setCookie(definition, "hidden").setCookie("other", "1");
    assert.is(errorOf(() => response.cookies.lines(true)).rule, "COOKIE_SECRETS");
    assert.equal(response.cookies.sendable({}).lines(false), ["other=1; Path=/; SameSite=lax"], "CK-22");
  });
}

test("a signed value can be read by everybody, an encrypted one by nobody", () => {
  assert.match(pairOf(new Response().setCookie(Signed, "dark")), /^sid=[\w-]{12}\.dark\.[\w-]{43}$/);
  assert.not.match(pairOf(new Response().setCookie(Encrypted, "dark")), "dark");
  assert.is.not(
    pairOf(new Response().setCookie(Encrypted, "x")),
    pairOf(new Response().setCookie(Encrypted, "x")),
    "a nonce each",
  );
});

test("a value that outlives its cookie is not believed: a client can keep it for longer than its browser would", () => {
  const at = new Date("2026-01-01T00:00:00Z");
  const pair = pairOf(new Response().setCookie(Visit, at));
  assert.equal(received(pair).get(Visit), at);
  assert.is(
    later(61, () => received(pair).get(Visit)),
    undefined,
  );
  const brief = pairOf(new Response().setCookie(Visit, at, { maxAge: 5 }));
  assert.is(
    later(6, () => received(brief).get(Visit)),
    undefined,
  );
  const until = pairOf(new Response().setCookie(Visit, at, { expires: new Date(Date.now() + 5000) }));
  assert.is(
    later(6, () => received(until).get(Visit)),
    undefined,
  );
});

test("the time of a value begins when it is sent, so that one response can be sent many times", () => {
  const response = new Response().setCookie(Visit, new Date(0));
  const pair = later(300, () => pairOf(response));
  assert.equal(
    later(330, () => received(pair).get(Visit)),
    new Date(0),
  );
});

test("a cookie of the browser's session has no end of its own", () => {
  const pair = pairOf(new Response().setCookie(Signed, "1"));
  assert.is(
    later(400 * 86_400, () => received(pair).get(Signed)),
    "1",
  );
});

test("a cookie under an older secret is set anew under the newest, for as long as it had left", () => {
  const cookies = received(pairOf(new Response().setCookie(Visit, new Date(0))), rotated);
  assert.equal(cookies.corrections, undefined, "nothing was read");
  later(20, () => {
    cookies.get(Visit);
    cookies.get(Visit);
    const lines = cookies.corrections?.lines(true, { cookies }) ?? [];
    assert.is(lines.length, 1);
    assert.match(lines[0] ?? "", /; Max-Age=(39|40); Path=\/; SameSite=lax; HttpOnly; Secure$/);
    const again = received((lines[0] ?? "").split(";", 1)[0] ?? "", rotated);
    assert.equal(again.get(Visit), new Date(0));
    assert.is(again.corrections, undefined, "it is under the newest now");
    assert.is(
      later(61, () => again.get(Visit)),
      undefined,
      "and ends when it would have",
    );
  });
});

test("reading a cookie of the newest secret sets nothing", () => {
  const cookies = sent(new Response().setCookie(Signed, "1"));
  cookies.get(Signed);
  assert.is(cookies.corrections, undefined);
});

test("a sealed cookie is refused where it is set when it is too large with what sealing adds", () => {
  for (const [definition, fits] of [
    [Signed, 4096 - 4 - 57 - 50],
    [Encrypted, 2900],
  ] as const) {
    const line = (value: string) =>
      new Response().setCookie(definition, value).cookies.lines(true, { cookies: received("") })[0] ?? "";
    assert.ok(line("x".repeat(fits - 20)).length <= 4096);
    const error = errorOf(() => new Response().setCookie(definition, "x".repeat(4096)));
    assert.is(error.rule, "COOKIE_SIZE");
  }
  for (let length = 2800; length < 3200; length++) {
    const error = tryTo(() => new Response().setCookie(Encrypted, "é".repeat(length / 2)));
    if (error !== undefined) continue;
    assert.ok(
      (new Response().setCookie(Encrypted, "é".repeat(length / 2)).cookies.lines(true, { cookies: received("") })[0] ?? "")
        .length <= 4096,
    );
  }
});

test("half of a surrogate pair is refused where it is set", () => {
  for (const definition of [Signed, Encrypted] as CookieDefinition<z.ZodType<string>>[]) {
    assert.is(errorOf(() => new Response().setCookie(definition, "\ud800")).rule, "COOKIE_VALUE");
  }
});

test("a value that is genuine and no longer fits its schema reads as absent", () => {
  const before = pairOf(new Response().setCookie(defineCookie("n", z.string(), { signed: true }), "five"));
  assert.is(received(before).get(defineCookie("n", z.number().default(7), { signed: true })), 7);
});

test("with cleanup, a value that does not fit, or is not genuine, is deleted", () => {
  const Plain = defineCookie("n", z.number().default(7), { cleanup: true, path: "/x" });
  const Sealed = defineCookie("n", z.number().default(7), { cleanup: true, signed: true });
  for (const [definition, path] of [
    [Plain, "/x"],
    [Sealed, "/"],
  ] as const) {
    const cookies = received("n=five");
    assert.is(cookies.get(definition), 7);
    assert.equal(cookies.corrections?.lines(false), [
      `n=; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Path=${path}; SameSite=lax; HttpOnly`,
    ]);
    const without = received("m=1");
    without.get(definition);
    assert.is(without.corrections, undefined);
  }
  const kept = received("n=five");
  kept.get(defineCookie("n", z.number().default(7)));
  assert.is(kept.corrections, undefined, "not without being asked to");
});

test("signed and encrypted at once is refused", () => {
  const error = errorOf(() => defineCookie("a", z.string(), { signed: true, encrypted: true } as object));
  assert.is(error.rule, "COOKIE_PROTECTION");
});

for (const [secret, weakness] of [
  [undefined, "is no text but of type undefined: is its environment variable set?"],
  ["changeme", "is a placeholder that everybody knows"],
  ["secret", "is a placeholder that everybody knows"],
  ["please-change-me-please-change-me-42", "is a placeholder that everybody knows"],
  ["", "is shorter than 32 characters"],
  ["kX9vQ2mZ", "is shorter than 32 characters"],
  ["a".repeat(64), "has fewer than 8 different characters"],
  ["0123456789abcdef".repeat(4), "repeats itself"],
] as const) {
  test(`the secret ${JSON.stringify(secret)} is refused, and not shown`, () => {
    try {
      new CookieKeys([newest, secret as string]);
    } catch (error) {
      assert.is((error as Error).message, `a secret ${weakness}. mend: openssl rand -base64 32`);
      return;
    }
    assert.unreachable();
  });
}

test("random secrets of all usual spellings are taken", () => {
  for (let round = 0; round < 200; round++) {
    const bytes = Buffer.from(crypto.getRandomValues(new Uint8Array(32)));
    for (const spelling of ["base64", "base64url", "hex"] as const) new CookieKeys([bytes.toString(spelling)]);
  }
  assert.throws(() => new CookieKeys([]), /there is no secret/);
});

/** Runs something at a later time by the clock. */
function later<T>(seconds: number, run: () => T): T {
  const { now } = Date;
  const start = now();
  Date.now = () => start + seconds * 1000;
  try {
    return run();
  } finally {
    Date.now = now;
  }
}

function tryTo(run: () => unknown): unknown {
  try {
    run();
    return undefined;
  } catch (error) {
    return error;
  }
}

function errorOf(run: () => unknown): CookieError {
  const error = tryTo(run);
  assert.instance(error, CookieError);
  return error as CookieError;
}

test.run();
