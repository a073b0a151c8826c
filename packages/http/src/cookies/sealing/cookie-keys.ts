import { nodeCrypto } from "../../node-modules.ts";
import type { CookieSeal, OpenedCookie } from "./cookie-seal.ts";
import { CookieEncryption } from "./encryption.ts";
import { KEY_ID_BYTES } from "./prefix.ts";
import { CookieSignature } from "./signature.ts";
import { findWeakness } from "./weak-secret.ts";

/** How a value is kept from being changed, or from being read as well. */
export type CookieProtection = "signed" | "encrypted";

/**
 * The keys that sign and encrypt the cookies of an application, derived from its secrets: the newest seals, all of them open.
 *
 * Shape:  `new CookieKeys([process.env.SECRET, process.env.OLD_SECRET])`; the wire format is `docs/cookie-format.md`.
 * Cost:   three derivations for each secret, once.
 * Source: RFC 5869 (HKDF-SHA-256): each purpose has a key of its own, so that what one gives away says nothing of another.
 * Errors: TypeError for a secret that could be guessed.
 */
export class CookieKeys {
  readonly #seals: Readonly<Record<CookieProtection, readonly CookieSeal[]>>;

  constructor(secrets: readonly string[]) {
    if (secrets.length === 0) throw new TypeError("there is no secret to derive keys from. mend: openssl rand -base64 32");
    for (const secret of secrets) {
      const weakness = findWeakness(secret);
      if (weakness !== undefined) throw new TypeError(`a secret ${weakness}. mend: openssl rand -base64 32`);
    }
    this.#seals = {
      signed: secrets.map((secret) => new CookieSignature(derive(secret, "sign", 32), keyIdOf(secret))),
      encrypted: secrets.map((secret) => new CookieEncryption(derive(secret, "encrypt", 32), keyIdOf(secret))),
    };
  }

  /** The value as it is sent, under the newest secret. */
  seal(protection: CookieProtection, name: string, value: string, expiresAt: number): string {
    return this.#seals[protection][0]!.seal(name, value, expiresAt); // the constructor asks for one secret at least
  }

  /**
   * What a sealed value holds, and whether an older secret sealed it.
   *
   * Errors: none. Changed, cut, sealed for another name, by a stranger, or over its time: all of it is `undefined` (CK-19, CK-20).
   */
  open(protection: CookieProtection, name: string, sealed: string): (OpenedCookie & { isOutdated: boolean }) | undefined {
    const seals = this.#seals[protection];
    for (const seal of seals) {
      const opened = seal.open(name, sealed);
      if (opened === undefined) continue;
      const { value, expiresAt } = opened;
      if (expiresAt !== 0 && expiresAt <= Date.now() / 1000) return undefined;
      return { value, expiresAt, isOutdated: seal !== seals[0] };
    }
    return undefined;
  }
}

function derive(secret: string, purpose: string, bytes: number): Buffer {
  return Buffer.from(nodeCrypto().hkdfSync("sha256", secret, "", `madeleine cookie ${purpose} v1`, bytes));
}

function keyIdOf(secret: string): Buffer {
  return derive(secret, "key id", KEY_ID_BYTES);
}
