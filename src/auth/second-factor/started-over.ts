import { seeOther, type Answer } from '../../web/answers.js';
import { notice } from '../../web/notices.js';
import { ownPath } from '../../web/own-path.js';
import { say } from '../../web/sentence.js';

const SIGN_IN_OVER = notice.info(
  say(
    '確認コードの入力まで5分が過ぎたか、そのあいだにログインや2段階認証の状態が変わったため、最初からやり直してください。',
  ),
);

/** No password was given in this browser within the last five minutes. @param wanted an own path */
export function signInStartedOver(wanted?: string): Answer {
  const next = ownPath(wanted);
  const query = next === '/' ? '' : `?${new URLSearchParams({ next }).toString()}`;
  return seeOther(`/login${query}`, SIGN_IN_OVER);
}
