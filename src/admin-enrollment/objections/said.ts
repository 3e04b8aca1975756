import { notice, type Notice } from '../../web/notices.js';
import { say } from '../../web/sentence.js';
import type { Said } from './objections.js';

export const STATEMENT_SENT = notice.success(say('ご説明を担当窓口へお送りしました。'));
export const STATEMENT_LIMIT = notice.warning(
  say('ご説明をお送りできるのは、1日に3回までです。お急ぎの場合は、担当窓口までお電話ください。'),
);
const STATEMENT_KEPT = notice.success(
  say('ご説明をお預かりしました。登録された方がメールアドレスを確認すると、担当窓口へ送られます。'),
);

export const SAID: Record<Said, Notice | undefined> = {
  nothing: undefined,
  sent: STATEMENT_SENT,
  kept: STATEMENT_KEPT,
  'statement-limit': STATEMENT_LIMIT,
};
