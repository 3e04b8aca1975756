import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsNotEmpty } from 'class-validator';
import { because, type FormBody, type Problem } from '../../web/forms/forms.js';
import { normalForm } from '../../web/forms/normal-form.js';
import { AtMostBytes } from '../../web/forms/rules.js';
import { say } from '../../web/sentence.js';

/** Longer ones are refused before they are hashed, which would cost. */
export const LONGEST_PASSWORD_BYTES = 1024;

/** Of every page that asks for the present password. */
export const PASSWORD_WRONG = say(
  'パスワードを確認できませんでした。もう一度入力してください。続けて間違えると、しばらくのあいだ正しいパスワードでも確認できません。',
);
export const CURRENT_PASSWORD_WRONG: Problem = {
  name: 'currentPassword',
  sentence: PASSWORD_WRONG,
};
const CURRENT_PASSWORD_EMPTY: Problem = {
  name: 'currentPassword',
  sentence: say('現在のパスワードを入力してください。'),
};

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

/** Checks the current password before it is compared, because hashing it would cost. */
export function currentPasswordProblem(typed: string): Problem | undefined {
  if (typed === '') return CURRENT_PASSWORD_EMPTY;
  return Buffer.byteLength(typed) > LONGEST_PASSWORD_BYTES ? CURRENT_PASSWORD_WRONG : undefined;
}

/** The field of a password that somebody has. */
export function Password(whenEmpty = because('パスワードを入力してください。')): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }) => passwordText(value as string)),
    IsNotEmpty(whenEmpty),
    AtMostBytes(LONGEST_PASSWORD_BYTES, because('パスワードは128文字以内で入力してください。')),
  );
}
