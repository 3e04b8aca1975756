import { MAIL_REFUSALS } from '../../mail/refused-mails.js';
import { notice, type Notice } from '../../web/notices.js';
import type { ActivationSentAgain } from './activation-mails.js';

export const NOT_WAITING = notice(
  'not-waiting',
  'info',
  '登録はすでに完了しているか、取り消されています。',
);
const SENT_AGAIN = notice(
  'mail-sent-again',
  'success',
  '登録のご案内のメールを、もう一度お送りしました。',
);

export function noticeOfMail(sent: ActivationSentAgain): Notice {
  if (sent.ok) return SENT_AGAIN;
  return sent.reason === 'not-waiting' ? NOT_WAITING : MAIL_REFUSALS[sent.reason];
}
