import { notice } from '../web/notices.js';

/** Shown at the sign-in, which follows every registration. */
export const ACCOUNT_ACTIVATED = notice(
  'activated',
  'success',
  '登録が完了しました。ログインIDとパスワードを入力してログインしてください。',
);
