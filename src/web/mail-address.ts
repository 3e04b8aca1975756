const MAIL =
  /^[^\s@<>,;:"()[\]\\\p{Cc}]+@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,}$/u;
const LONGEST_MAIL = 254;

/**
 * One plain mail address. Local parts that only Japanese mobile carriers gave out (`a..b@`) pass;
 * whatever a mail header could read as more than one address does not.
 */
export function isMailAddress(text: string): boolean {
  return text.length <= LONGEST_MAIL && MAIL.test(text);
}
