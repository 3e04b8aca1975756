import { createHmac } from 'node:crypto';
import { cleanDigits } from '../web/forms/fields.js';

/** 32 letters and digits of five bits each, without those that are misread on paper. */
const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const LENGTH = 12;

/** The codes of one sheet, each of 60 bits. They follow from the sheet's secret. */
export function codesOf(secret: string, count: number): string[] {
  return Array.from({ length: count }, (_, place) => {
    const bytes = createHmac('sha256', secret).update(String(place)).digest();
    return [...bytes.subarray(0, LENGTH)].map((byte) => ALPHABET[byte & 31]).join('');
  });
}

/** The current key's, and behind it the former one's while a key is exchanged. */
export function hashesOfCode(keys: readonly Buffer[], code: string): Buffer[] {
  return keys.map((key) => createHmac('sha256', key).update(code).digest());
}

/** Those of a sheet's codes whose hashes are stored. */
export function storedCodes(
  codes: readonly string[],
  stored: readonly Uint8Array[],
  keys: readonly Buffer[],
): string[] {
  const hashes = new Set(stored.map((hash) => Buffer.from(hash).toString('hex')));
  const isStored = (hash: Buffer) => hashes.has(hash.toString('hex'));
  return codes.filter((code) => hashesOfCode(keys, code).some(isStored));
}

/** A code in groups of four: `K7M2-9QXA-4TWB`. */
export function printedCode(code: string): string {
  return code.match(/.{4}/g)!.join('-');
}

export function cleanPrintedCode(typed: string): string {
  return cleanDigits(typed).toUpperCase();
}
