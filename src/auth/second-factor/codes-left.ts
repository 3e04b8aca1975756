import { about, notice, type Notice } from '../../web/notices.js';
import { say } from '../../web/sentence.js';

const CODE_USED = notice.success(
  say('リカバリーコードを1つ使いました。残りは{left}個です。'),
  say('リカバリーコードの確認と再発行'),
);

const CODE_SPENT = notice.info(say('リカバリーコードを1つ使いました。残りは{left}個です。'));
const LAST_SPENT = notice.warning(
  say(
    '最後のリカバリーコードを使いました。次のログインには、認証アプリかパスキーが必要です。どちらも使えない方は、ログインの途中にある「確認コードを入力できない方」へお進みください。',
  ),
);

/** Behind a sign-in with a code of the paper that was not the last one. @param path of the sheet */
export function codesLeft(left: number, path: string): Notice {
  return about(CODE_USED, { left, path });
}

/** Where no session follows: it counts all the same. @param left undefined behind another factor */
export function codeSpent(left: number | undefined): Notice | undefined {
  if (left === undefined) return undefined;
  return left === 0 ? LAST_SPENT : about(CODE_SPENT, { left });
}
