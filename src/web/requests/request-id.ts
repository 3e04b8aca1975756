import { randomUUID } from 'node:crypto';

/** Short enough to be read out on the telephone: `3f2a91c4-7b0e`. */
export function newRequestId(): string {
  return randomUUID().slice(0, 13);
}
