/** How many bytes name the secret. Where two secrets share them, both are tried. */
export const KEY_ID_BYTES = 2;

/** Characters of the head: 9 bytes in base64url. */
export const HEAD_LENGTH = 12;

/** Characters of the part of the head that says version, purpose and secret, and is the same for every value of one key. */
export const PREFIX_LENGTH = 4;

/** Version 1 of the format; the other half of the byte is the purpose. */
export const SIGNED = 0x11;
export const ENCRYPTED = 0x12;

const EXPIRY_BYTES = 6;

/** Shape: version 0x11 and key id `a3 07` give `"EaMH"`. */
export function prefixOf(version: number, keyId: Uint8Array): string {
  return Buffer.from([version, ...keyId]).toString("base64url");
}

/** Shape: 3 bytes are 4 characters, so the expiry can stand behind the prefix as text: `0` is `"AAAAAAAA"`. */
export function writeExpiry(expiresAt: number): string {
  const bytes = Buffer.alloc(EXPIRY_BYTES);
  bytes.writeUIntBE(expiresAt, 0, EXPIRY_BYTES);
  return bytes.toString("base64url");
}

/** The expiry of a value that is known to be genuine. */
export function readExpiry(sealed: string): number {
  let expiresAt = 0; // a multiplication for each of 8 characters costs a tenth of a Buffer
  for (let at = PREFIX_LENGTH; at < HEAD_LENGTH; at++) expiresAt = expiresAt * 64 + SIXTETS.indexOf(sealed[at] ?? "");
  return expiresAt;
}

const SIXTETS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
