import { ValidateBy, type ValidationOptions } from 'class-validator';
import { graphemes } from './fields.js';
import { isMailAddress } from './mail-address.js';

export function IsMailAddress(options: ValidationOptions): PropertyDecorator {
  return rule('isMailAddress', isMailAddress, options);
}

/** Of one character as people count them; the longest of names have fewer. */
const UNITS = 8;

export function AtMostCharacters(most: number, options: ValidationOptions): PropertyDecorator {
  const holds = (text: string) => text.length <= most * UNITS && graphemes(text) <= most;
  return rule('atMostCharacters', holds, options);
}

/** At most so many bytes, where the cost follows their number. */
export function AtMostBytes(most: number, options: ValidationOptions): PropertyDecorator {
  return rule('atMostBytes', (text) => Buffer.byteLength(text) <= most, options);
}

/** Endings of host names that mail programs turn into links without being asked. */
const ENDINGS =
  'app|asia|biz|cc|click|cloud|club|co|com|cyou|de|dev|edu|eu|fun|gl|gov|icu|id|info|io|jp|kr|link|live|ly|me|mobi|name|net|online|org|page|pro|ru|sbs|shop|site|space|store|tech|to|tokyo|top|tv|uk|us|vip|web|website|work|world|ws|xn--[a-z\\d-]+|xyz';

const LINK = new RegExp(
  `:/?/|\\bwww\\b|@|[\\p{L}\\p{N}]\\s*[.。]\\s*(?:${ENDINGS})(?![\\p{L}\\p{N}])`,
  'iu',
);

/** Nothing that a mail program would turn into a link: names stand in mails to others. */
export function HoldsNoLink(options: ValidationOptions): PropertyDecorator {
  return rule('holdsNoLink', holdsNoLink, options);
}

export function holdsNoLink(text: string): boolean {
  return !LINK.test(text.normalize('NFKC'));
}

/** Line ends and other control characters, and what turns or hides the text around it. */
const HIDDEN = /[\p{Cc}\p{Cf}\u2028\u2029\u115F\u1160\u2800\u3164\uFFA0]|\u034F|\u17B4|\u17B5/u;

/** One line of characters that everybody sees, in the order in which they stand. */
export function IsVisibleLine(options: ValidationOptions): PropertyDecorator {
  return rule('isVisibleLine', isVisibleLine, options);
}

export function isVisibleLine(text: string): boolean {
  return !HIDDEN.test(text);
}

function rule(
  name: string,
  holds: (text: string) => boolean,
  options: ValidationOptions,
): PropertyDecorator {
  return ValidateBy({ name, validator: { validate: (value: string) => holds(value) } }, options);
}
