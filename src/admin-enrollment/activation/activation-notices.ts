import { MAIL_REFUSALS } from '../../mail/refused-mails.js';
import { notice, type Notice } from '../../web/notices.js';
import { say } from '../../web/sentence.js';
import type { ActivationSentAgain } from './activation-mails.js';

export const NOT_WAITING = notice.info(say('登録はすでに完了しているか、取り消されています。'));
export const STOPPED_BY_OBJECTION = notice.warning(
  say(
    'メールアドレスを確認しました。異議申し立てがあったため、担当窓口の確認が終わるまでご利用いただけません。ログインIDとパスワードを入力すると、お手続きの状況をご覧いただけます。',
  ),
);
const SENT_AGAIN = notice.success(say('登録のご案内のメールを再送しました。'));

export function noticeOfMail(sent: ActivationSentAgain): Notice {
  if (sent.ok) return SENT_AGAIN;
  return sent.reason === 'not-waiting' ? NOT_WAITING : MAIL_REFUSALS[sent.reason];
}
