import { cleanCode } from '../../web/forms/fields.js';

/** A line of a mail or a table has fewer; each costs a look at the companies. */
const MOST = 5;

const COMPANY_KINDS = /株式会社|有限会社|合同会社|\((?:株|有|同)\)/g;
const BETWEEN = /[\s()[\]<>{}「」『』【】、。,;:|/]+/u;
/** How somebody is addressed, as a word or behind the name. */
const TITLE = /(?:様|さま|さん|御中)$/u;
/** Of the fields that were copied with what stands in them. */
const LABEL = /^(?:法人番号|法人名|氏名|フリガナ|ログインID|ご?担当者?|login|id|name)$/i;

/** Without what names nobody. Empty where there are more than somebody is named by. */
export function wordsOf(line: string): string[] {
  const words = cleanCode(line)
    .replace(COMPANY_KINDS, ' ')
    .split(BETWEEN)
    .map((word) => word.replace(TITLE, ''))
    .filter((word) => word !== '' && !LABEL.test(word));
  return words.length > MOST ? [] : words;
}
