import { ValidateBy, type ValidationOptions } from 'class-validator';
import { graphemes } from './fields.js';
import { isMailAddress } from './mail-address.js';

export function IsMailAddress(options: ValidationOptions): PropertyDecorator {
  return rule('isMailAddress', isMailAddress, options);
}

/** Of one character as people count them; the longest of names have fewer. */
const UNITS = 8;

/** At most so many characters, as people count them. */
export function AtMostCharacters(most: number, options: ValidationOptions): PropertyDecorator {
  const holds = (text: string) => text.length <= most * UNITS && graphemes(text) <= most;
  return rule('atMostCharacters', holds, options);
}

/** At most so many bytes, whatever costs follow with their number. */
export function AtMostBytes(most: number, options: ValidationOptions): PropertyDecorator {
  return rule('atMostBytes', (text) => Buffer.byteLength(text) <= most, options);
}

/** Nothing that a mail program would turn into a link: names stand in mails to others. */
export function HoldsNoAddress(options: ValidationOptions): PropertyDecorator {
  return rule('holdsNoAddress', (text) => !/:\/\/|www\.|@/i.test(text), options);
}

/** No line ends, tabs or other control characters. */
export function IsOneLine(options: ValidationOptions): PropertyDecorator {
  return rule('isOneLine', (text) => !/[\p{Cc}\u2028\u2029]/u.test(text), options);
}

function rule(
  name: string,
  holds: (text: string) => boolean,
  options: ValidationOptions,
): PropertyDecorator {
  return ValidateBy({ name, validator: { validate: (value: string) => holds(value) } }, options);
}
