import { holdsHidden } from '../web/forms/hidden-characters.js';
import { normalForm } from '../web/forms/normal-form.js';

/** A family name may be one letter: 森. */
const NAME = /^(?:[\p{L}\p{N} ._-]{2,60}|\p{Script=Han})$/u;

/** How the desk's people are called in commands and in the log; undefined for what is no name. */
export function operatorNameOf(typed: string): string | undefined {
  const name = normalForm(typed).trim();
  const isName = NAME.test(name) && !holdsHidden(name) && operatorKey(name) !== '';
  return isName ? name : undefined;
}

/** Two of the desk differ by more than case, accents, spaces and punctuation. */
export function isSameOperator(one: string, other: string): boolean {
  return operatorKey(one) === operatorKey(other);
}

function operatorKey(name: string): string {
  return normalForm(name, 'NFKD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
}
