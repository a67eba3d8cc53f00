import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 32 random bytes as text for cookies, links and tokens: nobody guesses it, so a plain hash of it is enough to keep. */
export function randomSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** What the database keeps of a secret. */
export function secretHash(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** Compared as digests: the time it takes tells neither how much of a guess was right, nor its length. */
export function sameSecret(one: string, other: string): boolean {
  return timingSafeEqual(secretHash(one), secretHash(other));
}
