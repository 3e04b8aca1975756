import { notice, type Notice } from '../../web/notices.js';
import type { Said } from './objections.js';

export const STATEMENT_SENT = notice(
  'statement-sent',
  'success',
  'ご説明を担当窓口へお送りしました。',
);
export const STATEMENT_LIMIT = notice(
  'statement-limit',
  'warning',
  'ご説明をお送りできるのは、1日に3回までです。お急ぎの場合は、担当窓口までお電話ください。',
);
const STATEMENT_KEPT = notice(
  'statement-kept',
  'success',
  'ご説明をお預かりしました。登録された方がメールアドレスを確認すると、担当窓口へ送られます。',
);

/** What an objector reads about the words after the objection. */
export const SAID: Record<Said, Notice | undefined> = {
  nothing: undefined,
  sent: STATEMENT_SENT,
  kept: STATEMENT_KEPT,
  'statement-limit': STATEMENT_LIMIT,
};
