import { about, notice, type Notice } from '../../web/notices.js';
import { say } from '../../web/sentence.js';

const CODE_USED = notice.success(
  say('リカバリーコードを1つ使いました。残りは{left}個です。'),
  say('リカバリーコードの確認と再発行'),
);

/** Behind a sign-in with a code of the paper that was not the last one. @param path of the sheet */
export function codesLeft(left: number, path: string): Notice {
  return about(CODE_USED, { left, path });
}
