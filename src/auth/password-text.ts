import { Transform } from 'class-transformer';
import type { FormBody } from '../web/forms.js';

/** Longer ones are refused before they are hashed, which would cost. */
export const LONGEST_PASSWORD_BYTES = 1024;

/** The one form in which passwords are hashed and compared, so that each keyboard gives the same. */
export function passwordText(typed: string): string {
  return typed.normalize('NFKC');
}

/** A password of a form that is read field by field. */
export function typedPassword(body: FormBody, name: string): string {
  return passwordText(body[name] ?? '');
}

/** A field of a form class that holds a password. */
export function Password(): PropertyDecorator {
  return Transform(({ value }) => passwordText(value as string));
}
