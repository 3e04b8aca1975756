import type { PasswordOwner } from '../../../auth/password-rule.js';
import { LONGEST_PASSWORD_BYTES } from '../../../auth/passwords.js';
import { emailKey, loginIdKey } from '../../../identity/login-id.js';
import type { Problem } from '../../../web/forms.js';
import { say } from '../../../web/sentence.js';
import type { OwnDetails } from '../own-account.js';

export const WRONG: Problem = {
  name: 'currentPassword',
  sentence: say(
    'パスワードを確認できませんでした。もう一度入力してください。続けて間違えると、しばらくのあいだ正しいパスワードでも確認できなくなります。',
  ),
};
export const SAME: Problem = {
  name: 'password',
  sentence: say('現在のパスワードと同じです。別のパスワードを入力してください。'),
};
const EMPTY: Problem = {
  name: 'currentPassword',
  sentence: say('現在のパスワードを入力してください。'),
};

/** What is wrong with the current password before it is compared: hashing it would cost. */
export function currentPasswordProblem(current: string): Problem[] {
  if (current === '') return [EMPTY];
  return Buffer.byteLength(current) > LONGEST_PASSWORD_BYTES ? [WRONG] : [];
}

/** Words that people who know the person would try first. */
export function ownerOf(owner: OwnDetails): PasswordOwner {
  const { loginId, name, nameKana, email, phone, corporationName } = owner;
  const known = [corporationName, name, nameKana, emailKey(email), phone];
  return { loginId: loginIdKey(loginId), known };
}
