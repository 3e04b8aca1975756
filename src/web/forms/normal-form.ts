/**
 * On one letter, as in Unicode's Stream-Safe Text Format (UAX #15): no language needs a third of
 * them, and a normal form sorts a row of marks in the square of its length.
 */
const MOST_MARKS = 30;
/** Also what is no mark, but begins with one in its normal form: two vowels, and half-width ﾞ and ﾟ. */
const MARK = '[\\p{M}\\u0E33\\u0EB3\\uFF9E\\uFF9F]';
const TOO_MANY_MARKS = new RegExp(`(${MARK}{${MOST_MARKS}})${MARK}+`, 'gu');

/** The only way to a normal form, in time that follows the length; further marks on a letter go. */
export function normalForm(text: string, form: 'NFKC' | 'NFKD' = 'NFKC'): string {
  return text.replace(TOO_MANY_MARKS, '$1').normalize(form);
}
