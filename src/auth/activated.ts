import { notice } from '../web/notices.js';
import { say } from '../web/sentence.js';

/** Shown on the login page, to which every registration leads. */
export const ACCOUNT_ACTIVATED = notice.success(
  say('登録が完了しました。ログインIDとパスワードを入力してログインしてください。'),
);
