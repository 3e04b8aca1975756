import { createHmac } from 'node:crypto';
import { cleanDigits } from '../../../web/fields.js';

/** Without letters and digits that are misread on paper: 32 of them, five bits each. */
const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const LENGTH = 12;

/** The codes of one sheet, each of 60 bits: who has the sheet's secret can write it down again. */
export function codesOf(secret: string, count: number): string[] {
  return Array.from({ length: count }, (_, place) => {
    const bytes = createHmac('sha256', secret).update(String(place)).digest();
    return [...bytes.subarray(0, LENGTH)].map((byte) => ALPHABET[byte & 31]).join('');
  });
}

/** In groups of four, as it is printed: `K7M2-9QXA-4TWB`. */
export function printedCode(code: string): string {
  return code.match(/.{4}/g)!.join('-');
}

/** What was typed, in the form in which it is compared; O, I and 1 were never printed. */
export function cleanTicket(typed: string): string {
  return cleanDigits(typed).toUpperCase();
}
