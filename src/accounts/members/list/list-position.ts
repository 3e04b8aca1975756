import { isUuid } from '../../../web/uuid.js';

/**
 * A page by the row that it begins behind, or ends before, so that it costs the same anywhere in a
 * list of any length. The number is for the reader only.
 */
export interface ListPosition {
  direction: 'after' | 'before';
  number: number;
  key: string;
  id: string;
}

const LONGEST_KEY = 4_000;

export function writePosition({ direction, number, key, id }: ListPosition): string {
  return Buffer.from(JSON.stringify([direction, number, key, id])).toString('base64url');
}

/** Undefined for whatever was not written here: the list begins at its first page then. */
export function readPosition(text: unknown): ListPosition | undefined {
  try {
    const read: unknown = JSON.parse(Buffer.from(String(text), 'base64url').toString('utf8'));
    return Array.isArray(read) ? placeOf(read) : undefined;
  } catch {
    return undefined;
  }
}

function placeOf([direction, number, key, id]: unknown[]): ListPosition | undefined {
  if (direction !== 'after' && direction !== 'before') return undefined;
  if (!Number.isSafeInteger(number) || (number as number) < 1) return undefined;
  if (typeof key !== 'string' || key.length > LONGEST_KEY || key.includes('\0')) return undefined;
  return isUuid(id) ? { direction, number: number as number, key, id } : undefined;
}
