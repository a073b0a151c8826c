import { createHmac, hkdfSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { CookieSeal } from "../../../src/cookies/sealing/cookie-seal.ts";
import { CookieEncryption } from "../../../src/cookies/sealing/encryption.ts";
import { CookieSignature } from "../../../src/cookies/sealing/signature.ts";

interface Vector {
  secret: number;
  name: string;
  value: string;
  expiresAt: number;
  nonce: string;
  sealed: string;
}

const { keys, signed, encrypted, refused } = JSON.parse(readFileSync(new URL("../vectors.json", import.meta.url), "utf8")) as {
  keys: { secret: string; keyId: string; signKey: string; encryptKey: string }[];
  signed: Vector[];
  encrypted: Vector[];
  refused: { why: string; protection: "signed" | "encrypted"; name: string; sealed: string }[];
};

const hex = (text: string): Buffer => Buffer.from(text, "hex");

function sealOf(protection: "signed" | "encrypted", secret: number, nonce?: string): CookieSeal {
  const { keyId, signKey, encryptKey } = keys[secret]!;
  if (protection === "signed") return new CookieSignature(hex(signKey), hex(keyId));
  return new CookieEncryption(hex(encryptKey), hex(keyId), nonce === undefined ? undefined : () => hex(nonce));
}

test("each purpose has a key of its own, derived from the secret (RFC 5869)", () => {
  for (const { secret, keyId, signKey, encryptKey } of keys) {
    const derive = (purpose: string, bytes: number) =>
      Buffer.from(hkdfSync("sha256", secret, "", `madeleine cookie ${purpose} v1`, bytes)).toString("hex");
    assert.equal([derive("key id", 2), derive("sign", 32), derive("encrypt", 32)], [keyId, signKey, encryptKey]);
  }
});

for (const { secret, name, value, expiresAt, sealed } of signed) {
  test(`${name} = ${value} is signed as the vector says, and read back`, () => {
    assert.is(sealOf("signed", secret).seal(name, value, expiresAt), sealed);
    assert.equal(sealOf("signed", secret).open(name, sealed), { value, expiresAt });
  });
}

for (const { secret, name, value, expiresAt, nonce, sealed } of encrypted) {
  test(`${name} = ${value} is encrypted as the vector says, and read back`, () => {
    assert.is(sealOf("encrypted", secret, nonce).seal(name, value, expiresAt), sealed);
    assert.equal(sealOf("encrypted", secret).open(name, sealed), { value, expiresAt });
  });
}

for (const { why, protection, name, sealed } of refused) {
  test(`CK-19: ${why} is refused`, () => {
    assert.is(sealOf(protection, 0).open(name, sealed), undefined);
  });
}

test("the MAC is that of RFC 2104 over name, =, and all before it", () => {
  const { secret, name, sealed } = signed[0]!;
  const dot = sealed.lastIndexOf(".");
  const mac = createHmac("sha256", hex(keys[secret]!.signKey))
    .update(`${name}=${sealed.slice(0, dot)}`)
    .digest("base64url");
  assert.is(sealed.slice(dot + 1), mac);
});

test("a sealed value needs no percent-encoding that its own text did not need", () => {
  for (const { sealed } of encrypted) assert.match(sealed, /^[\w-]+$/);
  assert.match(signed[1]!.sealed, /^[\w-]{12}\.dark\.[\w-]{43}$/);
});

test.run();
