import { cleanCode } from '../../web/forms/fields.js';

/** A line of a mail or a table has fewer; each costs a look at the companies. */
const MOST = 5;

const COMPANY_KINDS = /株式会社|有限会社|合同会社|\((?:株|有|同)\)/g;

const SIGNS = '\\s()[\\]<>{}「」『』【】、。,;:|/#';
const BETWEEN = new RegExp(`[${SIGNS}]+`, 'u');
const START = `(?<=^|[${SIGNS}])`;
const END = `(?=$|[${SIGNS}])`;
const AROUND = /^[\s、。,:;#「」『』【】<>]+|[\s、。,:;#!?「」『』【】<>]+$/g;
/** Behind a company, and before who is there: 「みなと商会の伊藤」. */
const OF = /(?<=[^\p{Script=Hiragana}]{2})の(?=[^\p{Script=Hiragana}]{2})/u;

/** Of the fields that were copied, or read out, with what stands in them. */
const LABEL_OF_COMPANY = /法人番号|登録番号|法人名|会社名?|社名|部署/.source;
const LABEL_OF_PERSON =
  /お?名前|氏名|フリガナ|ログインID|ご?担当者?|login(?: id)?|corporate name|name|id/.source;
const LABEL_OF_PLACE =
  /メールアドレス|(?:今お使いの)?IPアドレス|接続元(?:アドレス)?|電話(?:番号)?|携帯(?:電話)?|email address|tel|fax/
    .source;
const END_OF_FIELD = /(?:名前?|者|先|欄|カナ|ガナ)\s*:/.source;
const PARTICLE = /[はが]/.source;
const LABELS = `${LABEL_OF_COMPANY}|${LABEL_OF_PERSON}|${LABEL_OF_PLACE}`;

const DASH = String.raw`[\p{Pd}\u2212\u30fc]`;
/** Before a company's number; a number of a telephone begins with a nought. */
const T_OF_INVOICE = new RegExp(
  String.raw`(?<!\w)T(?:\s|:|${DASH})+(?=[1-9]\d{4,12}(?!\d))`,
  'giu',
);
const TELEPHONE = [
  String.raw`\(?0\d{1,4}(?:${DASH}|\)?[( ]|\))\d{1,4}(?:${DASH}|[) ])\d{3,4}`,
  String.raw`\+81[ -]?\d{1,4}[ -]\d{1,4}[ -]\d{3,4}`,
  String.raw`0[5789]0\d{8}`,
  /(?<=(?:電話|携帯|番号|tel|fax)[\s:]*)0[1-9]\d{8}/.source,
].join('|');
const TELEPHONES = new RegExp(String.raw`(?<![\w+-])(?:${TELEPHONE})(?![\w-])`, 'giu');
/** In a line with more it may as well be a company's. */
const LINE_OF_PLACE = /^0[1-9]\d{8}$/;

/** Families are called 阿部, 日下部 and 長谷部, and companies 研究室: short words are taken by what they do. */
const NUMBERED = /(?:第?[一二三四五六七八九十\d]+|国内|海外)?/.source;
const DEPARTMENT =
  /(?:総務|人事|労務|経理|財務|会計|法務|営業|販売|購買|調達|資材|業務|事務|庶務|管理|企画|広報|宣伝|製造|生産|技術|開発|研究|設計|品質|情報|システム|物流|審査|工務|保守)部/
    .source;
const ROOM = /(?:社長|秘書|監査|法務|広報|経営企画)室|(?:サポート|お客様|コール)センター/.source;
const ANY_DEPARTMENT = /部/.source;
const BRANCH = /(?:課|係|本部|支店|支社|営業所|出張所|事業所)/.source;
const FAMILY = /長[曽宗]我部/.source;
const OTHER_DIVISION = `${START}(?!${FAMILY})(?:[^${SIGNS}]+${BRANCH}|[^${SIGNS}]{3,}${ANY_DEPARTMENT})`;
const CHIEF = /長?/.source;
const OF_DIVISION = /の(?=\P{Script=Hiragana})/u.source;
const BEHIND_DIVISION = `${CHIEF}(?:${OF_DIVISION}|${END})`;

/** How somebody is addressed or says who it is, as a word or behind the name. */
const TITLES = /様|さま|さん|御中|社長|部長|課長|係長|主任|です|でございます|と申します|といいます/
  .source;

/** What says nothing of whom the line names, each with the sign that takes its place. */
const NOISE: [RegExp, string][] = [
  // As banks write a transfer, maybe behind their word for it: フリコミ カ)ミナト, ミナト(カ.
  [
    /^(?:[\p{Script=Katakana}ー]+\s+)?\p{Script=Katakana}{1,2}\)(?=[\p{Script=Katakana}ー\s]+$)/u,
    '',
  ],
  [/(?<=^[\p{Script=Katakana}ー\s]+)\(\p{Script=Katakana}{1,2}\)?(?=\s|$)/u, ''],
  // A name of a field, as forms and mails have them before a colon.
  [new RegExp(`${START}[^${SIGNS}]{0,8}${END_OF_FIELD}`, 'gu'), ' '],
  [new RegExp(`${START}(?:${LABELS})(?:${PARTICLE}|${END})[\\s:]*`, 'giu'), ' '],
  [new RegExp(`(?:${NUMBERED}${DEPARTMENT}|${ROOM})${BEHIND_DIVISION}`, 'gu'), ' '],
  [new RegExp(`${OTHER_DIVISION}${BEHIND_DIVISION}`, 'gu'), ' '],
  [new RegExp(`(?<=.)\\s*(?:${TITLES})+${END}`, 'gu'), ''],
  [AROUND, ''],
];

/** What a line says of whom it names. Empty where it is only a telephone number, say. @param code cleaned */
export function tellingPart(code: string): string {
  const rest = withNumbersApart(code).replace(TELEPHONES, (number) =>
    isTelephone(number) ? ' ' : number,
  );
  return NOISE.reduce((line, [noise, sign]) => line.replace(noise, sign), rest);
}

/** As they are read out of a table: 2,000,002, 法人番号2000002みなと, and T 2000002 of an invoice. */
function withNumbersApart(code: string): string {
  return code
    .replace(T_OF_INVOICE, 'T')
    .replace(/(?<=(?<![\d,])\d{1,3}(?:,\d{3})*),(?=\d{3}(?:,\d{3})*(?![\d,]))/g, '')
    .replace(/(?<=\P{ASCII})(?=T?\d{5,13}(?!\d))|(?<=(?<!\d)\d{5,13})(?=\P{ASCII})/giu, ' ');
}

/** Nothing else stands there. */
export function isTelephoneAlone(code: string): boolean {
  if (LINE_OF_PLACE.test(code)) return true;
  const numbers = code.match(TELEPHONES) ?? [];
  return numbers.some(isTelephone) && tellingPart(code) === '';
}

function isTelephone(number: string): boolean {
  return /^(?:0\d{9,10}|81\d{9,10})$/.test(number.replace(/\D/g, ''));
}

/** The words that name somebody. Empty where there are more than somebody is named by. */
export function wordsOf(line: string): string[] {
  const words = cleanCode(line)
    .replace(COMPANY_KINDS, ' ')
    .split(BETWEEN)
    .flatMap((word) => word.split(OF))
    .filter((word) => word !== '');
  return words.length > MOST ? [] : words;
}
