import { randomInt } from 'node:crypto';
import { cleanDashes } from '../web/forms/fields.js';

/** Without letters and digits that are misheard or misread on the telephone. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';

/** A name for the telephone, `K7M2-9QXA`: unguessable, but no secret. */
export function newCaseNumber(): string {
  return `${fourCharacters()}-${fourCharacters()}`;
}

function fourCharacters(): string {
  return Array.from({ length: 4 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}

/** As it was given, of what somebody heard or copied, like `readRequestId`; undefined where it cannot be one. */
export function readCaseNumber(typed: string): string | undefined {
  const [, first, last] = /^([a-z\d]{4})[\s-]?([a-z\d]{4})$/i.exec(cleanDashes(typed)) ?? [];
  return first && last ? `${first}-${last}`.toUpperCase() : undefined;
}
