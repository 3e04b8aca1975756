import { domainToASCII, domainToUnicode } from 'node:url';

const MAIL =
  /^[^\s@<>,;:"()[\]\\\p{Cc}\P{ASCII}]+@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,}$/u;
const LONGEST_MAIL = 254;

/**
 * One plain mail address. Local parts that only Japanese mobile carriers gave out (`a..b@`) pass;
 * texts that a mail header could read as several addresses do not.
 */
export function isMailAddress(text: string): boolean {
  return !isLongMail(text) && MAIL.test(text);
}

/** Mail servers that know no SMTPUTF8, as most in Japan, take no such mailbox. */
export function isMailboxOfLetters(text: string): boolean {
  const inAscii = text.replace(/^[^@]+/, (mailbox) => mailbox.replace(/\P{ASCII}/gu, 'a'));
  return inAscii !== text && isMailAddress(inAscii);
}

/**
 * The form in which addresses are stored and compared: only what stands before the @ is the mailbox's
 * own. A domain in letters of any script has one spelling, and `xn--…` is the same one. Other full
 * stops of a Japanese keyboard are dots (IDNA).
 */
export function withNormalDomain(email: string): string {
  return email.replace(/(?<=@)[^@]*$/, normalDomain);
}

const DOMAIN = /^[\p{L}\p{M}\p{N}.-]+$/u;
const DOTS = /[\u3002\uFF0E\uFF61]/g;
const INTERNATIONAL = /\P{ASCII}|(?:^|\.)xn--/u;

function normalDomain(domain: string): string {
  const lower = domain.replace(DOTS, '.').toLowerCase();
  const isInternational = INTERNATIONAL.test(lower) && DOMAIN.test(lower);
  return (isInternational && domainToUnicode(domainToASCII(lower))) || lower;
}

/** In the units in which columns and mail programs count. */
export function isLongMail(text: string): boolean {
  return text.length > LONGEST_MAIL;
}
