import { randomUUID } from 'node:crypto';
import { cleanDigits } from '../forms/fields.js';

/** Short enough to be read out on the telephone: `3f2a91c4-7b0e`. */
export function newRequestId(): string {
  return randomUUID().slice(0, 13);
}

/**
 * As error pages show it, of what somebody heard or copied, in any case and width and with any dash;
 * undefined where it cannot be one.
 */
export function readRequestId(typed: string): string | undefined {
  const plain = cleanDigits(typed).toLowerCase();
  return /^[\da-f]{12}$/.test(plain) ? `${plain.slice(0, 8)}-${plain.slice(8)}` : undefined;
}
