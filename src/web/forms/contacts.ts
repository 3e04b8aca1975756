import { IDN_ENDINGS } from './idn-endings.js';
import { normalForm } from './normal-form.js';

/**
 * Read as the dot of a host: stops of other scripts, and what Unicode calls confusable with it. Not
 * ・ and 、, nor the stops of Hebrew (U+05C3) and Armenian (U+0589): IDNA makes no dot of them, so a
 * link would have no host, and 「A・B商事」 is a name.
 */
const DOTS = /[。۔܁܂።᙮᠃᠉⳹⳾⸼ꓸꓺ꘎꛳\u{10A50}\u{1D16D}]/gu;
/** The same for a dot at half height, which separates words too. A zero looks like it in Arabic. */
const MIDDLE_DOTS = /[‧•∙⋅∘◦᛫ᐧᆞ⸰⸱⸳٫ꞏ\u{10101}]|(?<=\p{L})[٠۰](?=\p{L})/gu;
/** Another one, which the normal form takes apart. */
const DOT_ABOVE = '\u02D9';
/** Digits in circles that are no letters or numbers to Unicode. */
const RINGED_DIGITS = /[❶-❾➀-➈➊-➒⓵-⓽⓿〡-〩]/gu;

const IDN = `(?:${IDN_ENDINGS.join('|')})`;
const END = '(?![\\p{L}\\p{M}\\p{N}])';
/** Before the dot of a host, also 葛󠄀 and ☃. */
const OF_HOST = '[\\p{L}\\p{M}\\p{N}\\p{So}]';
/** Of any script but the two that write on after a dot without a space: "Dr.佐藤". */
const LETTER = '[^\\P{L}\\p{scx=Han}\\p{scx=Hira}\\p{scx=Kana}]';
const ENDING = `${LETTER}(?:${LETTER}|\\p{M})`;
/** Those that nobody takes for a part of a name, also where the dot is only meant. */
const USUAL = '(?:com|net|org|info|biz|jp|xyz|tokyo)(?![a-z\\d])';

/** What mail programs turn into links without being asked, and what reads like an address. */
const LINKS = [
  /[@\\]|\/\/|\bwww\b/,
  // A scheme: `mailto:`, `tel:`. From its end, or long words would cost their length squared.
  /:(?<=[a-z][a-z\d+-]+:)\S/,
  // A host, whatever its ending; in "St. John" a space comes after the dot alone.
  new RegExp(`${OF_HOST}\\s*\\.${ENDING}|${OF_HOST}\\s+\\.\\s*${ENDING}`, 'u'),
  // In "Y.S.食品" a single letter comes before the dot.
  new RegExp(
    `[\\p{L}\\p{M}\\p{N}-]{2}\\s*[.·]\\s*${IDN}${END}|[a-z\\d-]{4}\\s*[.·]\\s*${IDN}`,
    'u',
  ),
  // One letter is enough before endings that stand in no such name.
  new RegExp(`[\\p{L}\\p{N}]\\s*[.·]\\s*(?:コム|みんな|クラウド)${END}`, 'u'),
  new RegExp(`[\\p{L}\\p{N}]{2}(?:\\.\\s*|\\s+(?:dot|ドット)\\s+)${USUAL}`, 'u'),
  new RegExp(`[a-z\\d](?:,|\\s*[(\\[]\\s*(?:[.·]|dot|ドット)\\s*[)\\]]\\s*)${USUAL}`, 'u'),
  // Dots at half height separate names and words: "Sales · Marketing", "IT・AI".
  /[\p{L}\p{N}]\s*·\s*(?:com|net|org|info|biz|co|jp|io|me|app|dev|xyz|cloud|online|shop|site|store|support|tokyo)(?![a-z\d])/u,
  /[a-z\d]・(?:com|net|org|info|biz|jp|xyz)(?![a-z\d])/,
];

const KANA = '[\\p{sc=Hira}\\p{sc=Kana}ー]';
const SPELLED_LETTER =
  'エ[ーイフルムヌス]|エ[イッ]チ|エックス|ビー|シー|ディー|イー|ジー|アイ|ジェ[ーイ]|ケ[ーイ]|オー|ピー|キュー|アール|ティー|ユー|[ブヴ]イ|ダブリュー?|ワイ|ゼッ[トド]';
/** A dot goes on after these in names: "Y.食品", "エム.ケー", "Dr.佐藤", "1.営業". */
const SHORTENED = [
  '(?<![a-z])(?:[a-z]|dr|mrs?|ms|prof|st|no|vol|co|ltd|inc|corp|jr)',
  `(?<!${KANA})(?:${SPELLED_LETTER})`,
  '(?<![a-z\\d])\\d+',
].join('|');
/**
 * A host that ends in Chinese or Japanese: some programs know endings that are gone (テスト), or take
 * any. Between such letters 。 ends a sentence, and is a dot before the endings of today alone.
 */
const JAPANESE_HOST = new RegExp(
  `(?<=${OF_HOST})(?<!${SHORTENED})\\.(?:${KANA}{2,}|\\p{sc=Han}{2,})${END}`,
  'u',
);

const DATES = /(?<!\d)20\d\d([-/年.])(?:0?[1-9]|1[0-2])[-/月.](?:0?[1-9]|[12]\d|3[01])日?(?!\d)/g;
const NUMBERS = [
  // An address.
  /::|\d{1,3}(?:\s*\.\s*\d{1,3}){3}/,
  // A telephone number, also with words as short as 「の」 between its digits.
  /\p{Nd}(?:[^\p{L}\p{Nd}]*[ー番]?\p{Nd}){6}/u,
  /\p{Nd}(?:\P{Nd}{0,2}\p{Nd}){8}/u,
];
/** Names are made of these too (一二三, 五十嵐 三千代), but not of so many. */
const DIGITS_IN_WORDS = /[〇○◯零一二三四五六七八九壱壹弐貳参參叁肆伍陸柒捌玖\p{Nd}]/gu;
const SPELLED_DIGITS =
  /ゼロ|ぜろ|イチ|いち|ニ|に|サン|さん|ヨン|よん|ゴ|ご|ロク|ろく|ナナ|なな|ハチ|はち|キュ[ウー]|きゅ[うー]/g;
/** Nobody's name spells so many in a row. */
const SPELLED_NUMBER = /1(?:[^\p{L}\p{N}]*1){6}/u;
const NUMBER_IN_WORDS = /0(?:(?:[^\p{L}\p{N}]|[のノー番と])*0){8}/u;

export function holdsNoLink(text: string): boolean {
  const folded = fold(text);
  return !LINKS.some((link) => link.test(folded)) && !JAPANESE_HOST.test(plain(text));
}

export function holdsNoNumber(text: string): boolean {
  const folded = fold(text).replaceAll(DATES, ' ');
  const spelled = folded.replaceAll(/\p{Nd}/gu, '0').replaceAll(SPELLED_DIGITS, '1');
  if (SPELLED_NUMBER.test(spelled)) return false;
  const inWords = spelled.replaceAll(DIGITS_IN_WORDS, '0');
  return !NUMBERS.some((number) => number.test(folded)) && !NUMBER_IN_WORDS.test(inWords);
}

/** As people and mail programs read it. */
function fold(text: string): string {
  return plain(text.replaceAll(DOT_ABOVE, '·'))
    .replaceAll(DOTS, '.')
    .replaceAll(MIDDLE_DOTS, '·')
    .replaceAll(RINGED_DIGITS, '0');
}

function plain(text: string): string {
  return normalForm(text).toLowerCase();
}
