import { notice } from '../web/notices.js';

/** Shown on the login page, to which every registration leads. */
export const ACCOUNT_ACTIVATED = notice(
  'activated',
  'success',
  '登録が完了しました。ログインIDとパスワードを入力してログインしてください。',
);
