import { Transform } from 'class-transformer';
import type { FormBody } from '../../web/forms/forms.js';
import { normalForm } from '../../web/forms/normal-form.js';

/** Longer ones are refused before they are hashed, which would cost. */
export const LONGEST_PASSWORD_BYTES = 1024;

/**
 * The one form in which passwords are hashed and compared, so that each keyboard gives the same.
 * Those that are too long for any rule stay as they are.
 */
export function passwordText(typed: string): string {
  return typed.length > LONGEST_PASSWORD_BYTES ? typed : normalForm(typed);
}

export function typedPassword(body: FormBody, name: string): string {
  return passwordText(body[name] ?? '');
}

export function Password(): PropertyDecorator {
  return Transform(({ value }) => passwordText(value as string));
}
