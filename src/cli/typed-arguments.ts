import { InvalidArgumentError } from 'commander';
import { toKatakana } from '../web/forms/fields.js';
import { isMailAddress } from '../web/forms/mail-address.js';

/** The longest suspension of an IP restriction. */
const LONGEST_HOURS = 72;
const LONGEST_LINE = 200;

export function suspensionHours(typed: string): number {
  const number = Number(typed);
  if (!/^\d{1,2}$/.test(typed) || number < 1 || number > LONGEST_HOURS)
    throw new InvalidArgumentError(`It is no whole number from 1 to ${LONGEST_HOURS}.`);
  return number;
}

/** A name or a reason. */
export function line(typed: string): string {
  const text = typed.trim();
  if (text === '' || text.length > LONGEST_LINE || /[\p{Cc}\p{Cf}]/u.test(text))
    throw new InvalidArgumentError(`It is no line of 1 to ${LONGEST_LINE} characters.`);
  return text;
}

export function kana(typed: string): string {
  const text = toKatakana(line(typed));
  if (!/^[ァ-ヺー・ヽヾ ]+$/.test(text)) throw new InvalidArgumentError('It is no kana.');
  return text;
}

export function mailAddress(typed: string): string {
  if (!isMailAddress(typed)) throw new InvalidArgumentError('It is no mail address.');
  return typed;
}

/** A time with its zone, or Japan's. */
export function moment(typed: string): Date {
  const [, date, time, zone = '+09:00'] =
    /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(Z|[+-]\d\d:\d\d)?$/.exec(typed) ?? [];
  const parsed = new Date(`${date}T${time}${zone}`);
  if (Number.isNaN(parsed.getTime()))
    throw new InvalidArgumentError('It is no time such as 2026-11-27T09:00.');
  return parsed;
}
