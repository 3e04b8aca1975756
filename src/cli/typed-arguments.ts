import { InvalidArgumentError } from 'commander';
import { NEW_LOGIN_ID } from '../identity/login-id.js';
import { isRoleWord, newOperatorNameOf, operatorNameOf } from '../identity/operator-name.js';
import { cleanCode, cleanDigits, toKatakana } from '../web/forms/fields.js';
import { holdsHidden } from '../web/forms/hidden-characters.js';
import { isMailAddress, isMailboxOfLetters, withNormalDomain } from '../web/forms/mail-address.js';
import { saysSomething } from '../web/forms/rules.js';

/** The longest suspension of an IP restriction. */
const LONGEST_HOURS = 72;
const LONGEST_LINE = 200;

export function suspensionHours(typed: string): number {
  const number = Number(typed);
  if (!/^\d{1,2}$/.test(typed) || number < 1 || number > LONGEST_HOURS)
    throw new InvalidArgumentError(`It is no whole number from 1 to ${LONGEST_HOURS}.`);
  return number;
}

export function companyNumber(typed: string): string {
  const number = cleanDigits(typed);
  if (!/^\d{1,13}$/.test(number)) throw new InvalidArgumentError('It is no company number.');
  return number;
}

export function caseNumber(typed: string): string {
  return typed.trim().toUpperCase();
}

/** A name or a reason. */
export function line(typed: string): string {
  const text = typed.trim();
  if (text === '' || text.length > LONGEST_LINE || holdsHidden(text))
    throw new InvalidArgumentError(`It is no line of 1 to ${LONGEST_LINE} characters.`);
  return text;
}

export function reasonText(typed: string): string {
  const text = line(typed);
  if (!saysSomething(text)) throw new InvalidArgumentError('It says nothing.');
  return text;
}

/** As a page takes it. */
export function newLoginId(typed: string): string {
  const loginId = cleanCode(typed);
  if (!NEW_LOGIN_ID.test(loginId))
    throw new InvalidArgumentError('It is no login ID of 4 to 64 letters, digits and . _ - @');
  return loginId;
}

/** Somebody of the desk. */
export function operatorName(typed: string): string {
  const name = operatorNameOf(typed);
  if (!name)
    throw new InvalidArgumentError(
      'It is no name of 2 to 60 letters, digits, spaces and . _ - (or of one kanji)',
    );
  return name;
}

/** Somebody new, whose name every reader tells from others. */
export function newOperatorName(typed: string): string {
  const name = newOperatorNameOf(operatorName(typed));
  if (!name) throw new InvalidArgumentError('It has letters that look like others.');
  if (isRoleWord(name)) throw new InvalidArgumentError('It is a role, and no name of a person.');
  return name;
}

export function kana(typed: string): string {
  const text = toKatakana(line(typed));
  if (!/^[ァ-ヺー・ヽヾ ]+$/.test(text)) throw new InvalidArgumentError('It is no kana.');
  return text;
}

export function mailAddress(typed: string): string {
  const address = withNormalDomain(typed);
  if (isMailboxOfLetters(address))
    throw new InvalidArgumentError('Before the @ there may be letters of ASCII alone.');
  if (!isMailAddress(address)) throw new InvalidArgumentError('It is no mail address.');
  return address;
}

/** A day in Japan (`2026-11-01`), which begins at its midnight there, or a moment with its offset. */
export function moment(typed: string): Date {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(typed);
  const isMoment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:\d{2})$/.test(typed);
  const time = new Date(isDay ? `${typed}T00:00:00+09:00` : typed);
  if (!(isDay || isMoment) || Number.isNaN(time.getTime()) || !isInCalendar(typed.slice(0, 10)))
    throw new InvalidArgumentError('It is no day (2026-11-01) and no moment with its offset.');
  return time;
}

/** `Date` takes the 30th of February for the 2nd of March. */
function isInCalendar(day: string): boolean {
  return new Date(day).toISOString().startsWith(day);
}
