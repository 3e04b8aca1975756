import { ValidateBy, type ValidationOptions } from 'class-validator';
import { say, type Sentence } from '../sentence.js';
import { holdsNoLink, holdsNoNumber } from './contacts.js';
import { holdsHidden, withoutHidden } from './hidden-characters.js';
import { cleanDashes, holdsLongDash } from './fields.js';
import { isLongerThan, UNITS } from './graphemes.js';
import { declareLongest, LONGEST_FIELD } from './longest.js';
import { isLongMail, isMailAddress, isMailboxOfLetters } from './mail-address.js';

type Because = ValidationOptions & { message: string };

export function IsMailAddress(options: ValidationOptions): PropertyDecorator {
  return rule('isMailAddress', isMailAddressOtherwise, options);
}

/** Rules of their own say so where it is too long, or its letters are the matter. */
function isMailAddressOtherwise(text: string): boolean {
  return isLongMail(text) || isMailboxOfLetters(text) || isMailAddress(text);
}

export function IsPlainMailbox(options: ValidationOptions): PropertyDecorator {
  return rule('isPlainMailbox', (text) => !isMailboxOfLetters(text), options);
}

export function AtMostMailAddress(because: Because): PropertyDecorator {
  return rule('atMostMailAddress', (text) => !isLongMail(text), because);
}

/** What a code or a date that is longer than any field is told: what its own rule would say. */
export function TooLong(sentence: Sentence): PropertyDecorator {
  return (form, field) => declareLongest(form, field, { units: LONGEST_FIELD, sentence });
}

export function AtMostCharacters(most: number, because: Because): PropertyDecorator {
  const holds = (text: string) => !isLongerThan(most, text);
  return bounded(most * UNITS, because, rule('atMostCharacters', holds, because));
}

/** At most so many bytes, where the cost follows their number. */
export function AtMostBytes(most: number, because: Because): PropertyDecorator {
  const holds = (text: string) => Buffer.byteLength(text) <= most;
  return bounded(most, because, rule('atMostBytes', holds, because));
}

/** Text that breaks the rule by its length alone is refused before it is cleaned. */
function bounded(
  units: number,
  { message }: Because,
  decorate: PropertyDecorator,
): PropertyDecorator {
  return (form, field) => {
    decorate(form, field);
    declareLongest(form, field, { units, sentence: say(message) });
  };
}

/** Nothing that anybody would follow: the notes of people who signed in stand in mails to others. */
export function HoldsNoLink(options: ValidationOptions): PropertyDecorator {
  return rule('holdsNoLink', holdsNoLink, options);
}

/** Neither a link nor a number that anybody would call: strangers choose the names in mails. */
export function HoldsNoContact(options: ValidationOptions): PropertyDecorator {
  return rule('holdsNoContact', (text) => holdsNoLink(text) && holdsNoNumber(text), options);
}

/** One line of characters that everybody sees, in the order in which they stand. */
export function IsVisibleLine(options: ValidationOptions): PropertyDecorator {
  return rule('isVisibleLine', isVisibleLine, options);
}

export function isVisibleLine(text: string): boolean {
  return !holdsHidden(text);
}

/** What a code may hold; other dashes than `-` are for `HoldsNoLongDash`. */
export function IsCode(pattern: RegExp, options: ValidationOptions): PropertyDecorator {
  return rule('isCode', (text) => pattern.test(cleanDashes(text)), options);
}

export function HoldsNoLongDash(options: ValidationOptions): PropertyDecorator {
  return rule('holdsNoLongDash', (text) => !holdsLongDash(text), options);
}

/** Katakana, as `Katakana()` makes them; hidden characters among them are for `IsVisibleLine`. */
export function IsKana(options: ValidationOptions): PropertyDecorator {
  return rule('isKana', (text) => /^[ァ-ヺー・ヽヾ ]*$/.test(withoutHidden(text)), options);
}

/** A full stop is no reason, and a digit is none. */
export function SaysSomething(options: ValidationOptions): PropertyDecorator {
  return rule('saysSomething', saysSomething, options);
}

export function saysSomething(text: string): boolean {
  return /\p{L}.*\p{L}/u.test(text);
}

function rule(
  name: string,
  holds: (text: string) => boolean,
  options: ValidationOptions,
): PropertyDecorator {
  return ValidateBy({ name, validator: { validate: (value: string) => holds(value) } }, options);
}
