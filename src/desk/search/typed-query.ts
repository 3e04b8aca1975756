import { readCaseNumber } from '../../cases/case-number.js';
import { emailKey, loginIdKey } from '../../identity/login-id.js';
import { cleanCorporateNumber } from '../../corporations/numbers.js';
import { cleanCode, cleanDashes } from '../../web/forms/fields.js';
import { readRequestId } from '../../web/requests/request-id.js';
import { addressIn } from './address-in-line.js';
import { isTelephoneAlone, tellingPart, wordsOf } from './words-of-line.js';

const LONGEST = 100;

/** Of a number that was copied with it. */
const LABEL =
  /^(?:リクエスト番号|受付番号|事案(?:番号)?|法人番号|request number|case(?: number)?|no\.?)(?=[\s:\d]|[a-z\d]{4}-)[\s:]*/i;

/** Somewhere in a line of an error page, a mail or a letter. */
const EMAIL = /[^\s@<>()[\]:;,"']+@[^\s@<>()[\]:;,"']+/;
const REQUEST_NUMBER = /(?<!\w)[\da-f]{8}-[\da-f]{4}(?![\w-])/i;
const CASE_NUMBER = /(?<!\w)[2-9a-z]{4}-[2-9a-z]{4}(?![\w-])/i;

/** What was typed, as each kind of thing would be written; undefined for kinds that it cannot be. */
export interface TypedQuery {
  /** As typed, within bounds. */
  text: string;
  corporateNumber: string | undefined;
  /** It is the number of a telephone, or looks like one. */
  telephone: string | undefined;
  /** The number that letters in place of digits were meant for. */
  likeNumber: string | undefined;
  email: string | undefined;
  loginId: string | undefined;
  caseNumber: string | undefined;
  requestNumber: string | undefined;
  /** Of a network, as error pages show it. */
  address: string | undefined;
  /** A part of a company's name, or the beginning of a person's. */
  name: string | undefined;
  /** The words of a line that name somebody together; undefined where it is no such line. */
  words: string[] | undefined;
}

/** @param typed from a query string: whatever a browser sends */
export function readQuery(typed: unknown): TypedQuery {
  const text = typeof typed === 'string' ? bounded(typed) : '';
  const code = cleanCode(text);
  const { address, rest } = addressIn(code);
  const telling = tellingPart(rest);
  const line = telling || code;
  const number = line.replace(LABEL, '');
  const digits = cleanCorporateNumber(number);
  const dashed = cleanDashes(code);
  const [email] = EMAIL.exec(code) ?? [];
  const isAddress = address !== undefined && telling === '';
  const isNumber = !isAddress && /^\d{1,13}$/.test(digits);
  const names = line !== '' && !email && !isNumber && !isAddress;
  const words = names ? wordsOf(line) : [];
  return {
    text,
    corporateNumber: isNumber ? digits : undefined,
    telephone: isTelephoneAlone(rest) ? code : undefined,
    likeNumber: isNumber || isAddress ? undefined : numberBehind(digits),
    email: email && emailKey(email).replace(/\.+$/, ''),
    loginId: /^[\w.@-]{3,64}$/.test(line) ? loginIdKey(line) : undefined,
    caseNumber: readCaseNumber(number) ?? CASE_NUMBER.exec(dashed)?.[0].toUpperCase(),
    requestNumber: readRequestId(number) ?? REQUEST_NUMBER.exec(dashed)?.[0].toLowerCase(),
    address,
    name: names ? line : undefined,
    words: words.length > 1 ? words : undefined,
  };
}

/** With O for 0, or l and I for 1. */
function numberBehind(typed: string): string | undefined {
  const digits = typed.replace(/[oO〇]/g, '0').replace(/[lI]/g, '1');
  return /\d/.test(typed) && /^\d{2,13}$/.test(digits) ? digits : undefined;
}

/** Bounded before anything is normalised: a text of a megabyte costs nothing. */
function bounded(typed: string): string {
  return typed.slice(0, LONGEST).replaceAll('\0', '').toWellFormed().trim();
}
