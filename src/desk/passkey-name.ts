import { browserFacts, browserInWords } from '../web/browser-name.js';
import type { Problem } from '../web/forms/forms.js';
import { say } from '../web/sentence.js';
import { translate } from '../web/texts.js';
import type { Visit } from '../web/visit.js';

/** A passkey is called by the browser that made it. */
export function passkeyName({ browser, language }: Visit): string {
  return translate(browserInWords(browserFacts(browser)), language);
}

export const NEW_PASSKEY_WRONG: Problem = {
  name: 'passkey',
  sentence: say(
    'パスキーを作成できませんでした。今お使いの端末がパスキーに対応しているかを確認し、もう一度お試しください。',
  ),
};
