import { Transform } from 'class-transformer';
import { withoutHidden } from './hidden-characters.js';
import { withNormalDomain } from './mail-address.js';
import { normalForm } from './normal-form.js';

const DASHES = /[\p{Pd}\u2212\u30fc\uff70._/-]/gu;
const LONG_DASHES = /[\p{Pd}\u2212\u30fc\uff70]/gu;
const SPACES = /\s/gu;
/**
 * What comes along from a mail, a table or a chat and shows nothing: spaces of no width, soft hyphens,
 * marks of the direction that the text has anyway. What turns text around, or joins letters, is no such.
 */
const MEANINGLESS = /[\u00AD\u061C\u200B\u200E\u200F\u202A-\u202C\u2060\u2066-\u2069\uFEFF]/gu;
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

/** What somebody typed into an address: the empty text for whatever else one may carry. */
export function typedText(typed: unknown): string {
  return typeof typed === 'string' ? typed : '';
}

/** A field for a code (login ID, mail address): any width is understood, invisible characters go. */
export function Code(): PropertyDecorator {
  return Transform(({ value }) => cleanCode(value as string));
}

/** A field for a mail address, in the form in which it is stored. */
export function PlainMailAddress(): PropertyDecorator {
  return Transform(({ value }) => cleanMailAddress(value as string));
}

/** A field for a telephone number: every kind of dash becomes `-`. */
export function Telephone(): PropertyDecorator {
  return Transform(({ value }) => cleanDashes(value as string));
}

/** A field for names and free text: kept as typed, without the space around it and of no width. */
export function Trimmed(): PropertyDecorator {
  return Transform(({ value }) => cleanLine(value as string));
}

/**
 * A field for sentences: line ends of one kind, so that each line is quoted, and no hidden
 * characters, which terminals obey, or which turn the text around them.
 */
export function FreeText(): PropertyDecorator {
  return Transform(({ value }) =>
    withoutHidden((value as string).replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, '\n')).trim(),
  );
}

export function Katakana(): PropertyDecorator {
  return Transform(({ value }) => toKatakana(value as string));
}

export function cleanLine(typed: string): string {
  return typed.replace(MEANINGLESS, '').trim();
}

export function cleanCode(typed: string): string {
  return normalForm(typed).replace(INVISIBLE, '').trim();
}

export function cleanMailAddress(typed: string): string {
  return withNormalDomain(cleanCode(typed));
}

/** Another dash, typed for `-` by an input method or a program that writes texts. */
export function holdsLongDash(code: string): boolean {
  return code.replace(LONG_DASHES, '-') !== code;
}

/** Every kind of dash becomes `-`. */
export function cleanDashes(typed: string): string {
  return cleanCode(typed).replace(LONG_DASHES, '-');
}

export function cleanDigits(typed: string): string {
  return cleanCode(typed).replace(SPACES, '').replace(DASHES, '');
}

export function toKatakana(typed: string): string {
  const full = normalForm(cleanLine(typed)).replace(/\s+/g, ' ');
  return full.replace(/[\u3041-\u3096\u309d\u309e]/g, (kana) =>
    String.fromCharCode(kana.charCodeAt(0) + 0x60),
  );
}
