import { randomInt } from 'node:crypto';

/** Without letters and digits that are misheard or misread on the telephone. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';

/** A name for the telephone, `K7M2-9QXA`: unguessable, but no secret. */
export function newCaseNumber(): string {
  return `${fourCharacters()}-${fourCharacters()}`;
}

function fourCharacters(): string {
  return Array.from({ length: 4 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}
