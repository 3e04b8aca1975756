import { seeOther, type Answer } from '../../web/answers.js';
import { notice } from '../../web/notices.js';
import { say } from '../../web/sentence.js';
import type { OwnChange } from './own-sign-in.js';

export const OWN_FACTOR = '/desk/me/second-factor';

const CHANGED = notice.success(
  say('2段階認証の設定を変更しました。ほかの端末からはログアウトしました。'),
);
const LAST = notice.warning(
  say('最後の1つは削除できません。先に、認証アプリかパスキーを追加してください。'),
);
export const CHANGED_MEANWHILE = notice.info(
  say('ページを開いたあとに変わっています。最新の内容をご確認のうえ、もう一度操作してください。'),
);

/** Back on the page of the own factors. */
export function answerToChange(changed: OwnChange): Answer {
  if (changed.ok) return seeOther(OWN_FACTOR, CHANGED);
  return seeOther(OWN_FACTOR, changed.reason === 'last-factor' ? LAST : CHANGED_MEANWHILE);
}
