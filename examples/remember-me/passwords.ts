import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from "node:crypto";
import { promisify } from "node:util";

/** A password as it is kept: nobody can read it back. */
export interface PasswordHash {
  readonly salt: Buffer;
  readonly key: Buffer;
}

/** Units: about 0.2 s of a processor, on purpose: so long takes each guess of whoever steals the hashes. */
export async function hashPassword(password: string): Promise<PasswordHash> {
  const salt = randomBytes(16);
  return { salt, key: await derive(password, salt) };
}

/** Compares in a time that tells nothing about where the two differ. */
export async function isPassword(password: string, { salt, key }: PasswordHash): Promise<boolean> {
  return timingSafeEqual(await derive(password, salt), key);
}

// OWASP, Password Storage Cheat Sheet: N = 2^15, r = 8, p = 3. It needs 128 · N · r = 32 MiB, node's limit exactly.
const cost = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 2 ** 20 };

function derive(password: string, salt: Buffer): Promise<Buffer> {
  return scryptAsync(password.normalize("NFKC"), salt, 32, cost); // one text for all ways to type an é
}

const scryptAsync = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);
