import type { KeyObject } from "node:crypto";
import { nodeCrypto } from "../../node-modules.ts";
import type { CookieSeal, OpenedCookie } from "./cookie-seal.ts";
import { ENCRYPTED, HEAD_LENGTH, prefixOf, readExpiry, writeExpiry } from "./prefix.ts";

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Characters of a value of so many bytes, encrypted. */
export function encryptedLength(bytes: number): number {
  return HEAD_LENGTH + Math.ceil(((NONCE_BYTES + bytes + TAG_BYTES) * 4) / 3);
}

/**
 * Encrypts values with AES-256-GCM: nobody else can read or make one.
 *
 * Shape:  `EqMHAABpgVgA…`: head, nonce, ciphertext and tag, one base64url text. `name=head` is authenticated with them.
 * Source: NIST SP 800-38D; nonces are random, so one secret is good for 2^32 values (§8.3). `docs/cookie-format.md`.
 */
export class CookieEncryption implements CookieSeal {
  readonly #key: KeyObject; // of bytes a key is made each time: 9 µs on Node 24
  readonly #prefix: string;
  readonly #nonce: () => Uint8Array;

  /** `nonce` is only given to check test vectors. */
  constructor(key: Uint8Array, keyId: Uint8Array, nonce: () => Uint8Array = () => nodeCrypto().randomBytes(NONCE_BYTES)) {
    this.#key = nodeCrypto().createSecretKey(key);
    this.#prefix = prefixOf(ENCRYPTED, keyId);
    this.#nonce = nonce;
  }

  seal(name: string, value: string, expiresAt: number): string {
    const head = this.#prefix + writeExpiry(expiresAt);
    const nonce = this.#nonce();
    const cipher = nodeCrypto().createCipheriv("aes-256-gcm", this.#key, nonce, { authTagLength: TAG_BYTES });
    cipher.setAAD(Buffer.from(`${name}=${head}`));
    const sealed = Buffer.concat([nonce, cipher.update(value, "utf8"), cipher.final(), cipher.getAuthTag()]);
    return head + sealed.toString("base64url");
  }

  open(name: string, sealed: string): OpenedCookie | undefined {
    if (!sealed.startsWith(this.#prefix)) return undefined;
    const head = sealed.slice(0, HEAD_LENGTH);
    const text = sealed.slice(HEAD_LENGTH);
    const bytes = Buffer.from(text, "base64url");
    // what base64url says in two ways is believed in one
    if (bytes.length < NONCE_BYTES + TAG_BYTES || bytes.toString("base64url") !== text) return undefined;
    const value = this.#decrypt(Buffer.from(`${name}=${head}`), bytes);
    return value === undefined ? undefined : { value, expiresAt: readExpiry(sealed) };
  }

  #decrypt(authenticated: Uint8Array, bytes: Buffer): string | undefined {
    const decipher = nodeCrypto().createDecipheriv("aes-256-gcm", this.#key, bytes.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(authenticated);
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    const value = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES));
    try {
      decipher.final(); // before it, nothing of the value counts
    } catch {
      return undefined;
    }
    return value.toString();
  }
}
