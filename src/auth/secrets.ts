import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';

export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** The only form in which a secret is stored. */
export function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

export function isSame(secret: string, hash: Uint8Array): boolean {
  return timingSafeEqual(hashOf(secret), hash);
}

/** A new secret for a cookie: id and hash for the row, id and secret for the browser. */
export function newCookieSecret(): { id: string; secret: string; hash: Buffer; cookie: string } {
  const [id, secret] = [randomUUID(), newSecret()];
  return { id, secret, hash: hashOf(secret), cookie: `${id}.${secret}` };
}

/** The two halves of a cookie `id.secret`; undefined when it is malformed. */
export function splitCookie(
  cookie: string | undefined,
): { id: string; secret: string } | undefined {
  const match = /^([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})\.([\w-]{43})$/.exec(cookie ?? '');
  return match ? { id: match[1]!, secret: match[2]! } : undefined;
}
