import { notice, type Notice } from '../web/notices.js';
import { say, type Sentence } from '../web/sentence.js';
import type { MailLimitReached, MailRefusal } from './mail-limits.js';

/** Limits of mails as pages and their fields say them: whose limit it is, and how much it allows. */
export const MAIL_LIMITS: Record<MailLimitReached, Sentence> = {
  'mail-limit': say(
    'このメールアドレスへメールを送信できる回数（1時間に3回、1日に10回）を超えました。時間をおいて、もう一度お試しください。',
  ),
  'network-mail-limit': say(
    'お使いのネットワークからメールを送信できる回数（1時間に20回）を超えました。1時間ほど待ってから、もう一度お試しください。',
  ),
  'person-mail-limit': say(
    'メールアドレスの変更の確認メールを送信できる回数（1時間に10回、1日に20回）を超えました。時間をおいて、もう一度お試しください。',
  ),
  'mailbox-limit': say(
    'このメールアドレスへは多くのメールをお送りしたため、今はお送りできません。すでに届いているメールをご覧ください。届いていないときは、担当窓口までご連絡ください。',
  ),
  'company-limit': say(
    '貴社の操作でメールを送信できる回数（1時間に200回）を超えました。1時間ほど待ってから、もう一度お試しください。',
  ),
  'company-run-limit': say(
    '貴社でまとめて招待できる回数（1日に5回）を超えました。明日以降に、もう一度お試しください。お急ぎの方は、1名ずつ招待してください。',
  ),
};

export const MAIL_REFUSALS: Record<MailRefusal, Notice> = {
  'mail-too-soon': notice.warning(
    say('メールはお送りしたばかりです。3分ほど待ってから、もう一度お試しください。'),
  ),
  'mail-limit': notice.warning(MAIL_LIMITS['mail-limit']),
  'network-mail-limit': notice.warning(MAIL_LIMITS['network-mail-limit']),
  'person-mail-limit': notice.warning(MAIL_LIMITS['person-mail-limit']),
  'mailbox-limit': notice.warning(MAIL_LIMITS['mailbox-limit']),
  'company-limit': notice.warning(MAIL_LIMITS['company-limit']),
  'company-run-limit': notice.warning(MAIL_LIMITS['company-run-limit']),
};
