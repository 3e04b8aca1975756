import { createHmac, createSecretKey, timingSafeEqual, type KeyObject } from 'node:crypto';

const STEP_MS = 30_000;
const DIGITS = 6;
/** Clocks of telephones may be off by a step. */
const DRIFT = 1;
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** RFC 4226: the code of a counter, which TOTP (RFC 6238) takes from the time. */
export function hotp(secret: Buffer | KeyObject, counter: number, digits = DIGITS): string {
  const moving = Buffer.alloc(8);
  moving.writeBigUInt64BE(BigInt(counter));
  const mac = createHmac('sha1', secret).update(moving).digest();
  const number = mac.readUInt32BE(mac.at(-1)! & 15) & 0x7fffffff;
  return String(number % 10 ** digits).padStart(digits, '0');
}

export function stepAt(moment: Date): number {
  return Math.floor(moment.getTime() / STEP_MS);
}

/** The steps around this moment whose code it is, the oldest first. */
export function stepsOf(secret: Buffer, code: string, moment: Date): number[] {
  const now = stepAt(moment);
  // Made once, because an HMAC with the bytes would make it each time, at five times its own cost.
  const key = createSecretKey(secret);
  const around = Array.from({ length: 2 * DRIFT + 1 }, (_, place) => now - DRIFT + place);
  return around.filter((step) => isEqual(code, hotp(key, step)));
}

function isEqual(typed: string, code: string): boolean {
  const [a, b] = [Buffer.from(typed), Buffer.from(code)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** RFC 4648 without padding, as authenticator apps read keys. */
export function base32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return bits.replaceAll(/.{1,5}/g, (five) => BASE32[parseInt(five.padEnd(5, '0'), 2)]!);
}

/** What the picture says: https://github.com/google/google-authenticator/wiki/Key-Uri-Format */
export function keyUri(secret: Buffer, issuer: string, account: string): string {
  const [service, name] = [issuer, account].map(encodeURIComponent);
  return `otpauth://totp/${service}:${name}?secret=${base32(secret)}&issuer=${service}`;
}
