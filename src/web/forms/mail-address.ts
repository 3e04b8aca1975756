import { domainToASCII, domainToUnicode } from 'node:url';

const MAIL =
  /^[^\s@<>,;:"()[\]\\\p{Cc}]+@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,}$/u;
const LONGEST_MAIL = 254;

/**
 * One plain mail address. Local parts that only Japanese mobile carriers gave out (`a..b@`) pass;
 * texts that a mail header could read as several addresses do not.
 */
export function isMailAddress(text: string): boolean {
  return !isLongMail(text) && MAIL.test(text);
}

/**
 * The form in which addresses are stored and compared: only what stands before the @ is the mailbox's
 * own. A domain in letters of any script has one spelling, and `xn--…` is the same one.
 */
export function withNormalDomain(email: string): string {
  return email.replace(/(?<=@)[^@]*$/, normalDomain);
}

const DOMAIN = /^[\p{L}\p{M}\p{N}.-]+$/u;
const INTERNATIONAL = /\P{ASCII}|(?:^|\.)xn--/u;

function normalDomain(domain: string): string {
  const lower = domain.toLowerCase();
  const isInternational = INTERNATIONAL.test(lower) && DOMAIN.test(lower);
  return (isInternational && domainToUnicode(domainToASCII(lower))) || lower;
}

/** In the units in which columns and mail programs count. */
export function isLongMail(text: string): boolean {
  return text.length > LONGEST_MAIL;
}
