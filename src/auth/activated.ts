import { about, notice, type Notice } from '../web/notices.js';
import { say } from '../web/sentence.js';

const ACCOUNT_ACTIVATED = notice.success(
  say('{name} 様の登録が完了しました。ログインIDとパスワードを入力してログインしてください。'),
);

/** Shown on the login page, to which every registration leads. */
export function accountActivated(name: string): Notice {
  return about(ACCOUNT_ACTIVATED, { name });
}
