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

/** In the units in which columns and mail programs count. */
export function isLongMail(text: string): boolean {
  return text.length > LONGEST_MAIL;
}
