import type { MailDelivery } from '../../mail/mail-delivery.entity.js';
import { say, type Sentence } from '../../web/sentence.js';
import type { DoorFacts } from './door-facts.js';

const STATES: Record<string, Sentence> = {
  queued: say('送信の順番を待っています'),
  'handed-over': say('相手のメールサーバーが受け取りました'),
  deferred: say('再送を待っています'),
  bounced: say('届きませんでした'),
  suppressed: say('送信していません'),
};

const KINDS: Record<string, Sentence> = {
  recovery: say('再登録のご案内'),
  recovered: say('再登録の完了'),
  activation: say('登録完了のご案内'),
  'administrator-welcome': say('管理者の追加登録のご案内'),
  'administrator-added': say('管理者の追加登録のお知らせ'),
  invitation: say('招待'),
  'password-changed': say('パスワード変更のお知らせ'),
  'new-environment': say('新しい環境からのログインのお知らせ'),
  'desk-acted': say('担当窓口による操作のお知らせ'),
  'account-deleted': say('アカウント削除のお知らせ'),
  'account-suspended': say('アカウント利用停止のお知らせ'),
  'newcomer-frozen': say('ご利用の一時停止のお知らせ'),
  'objection-received': say('異議申し立ての受付のお知らせ'),
  'desk-decided': say('担当窓口の判断のお知らせ'),
  'desk-answer': say('担当窓口からのご連絡'),
  'ip-suspended': say('IPアドレス制限の一時停止のお知らせ'),
};

export function mailKindInWords(kind: string): Sentence {
  return KINDS[kind] ?? say('お知らせ（{kind}）', { kind });
}

export function mailStateInWords(state: MailDelivery['state']): Sentence {
  return STATES[state]!;
}

export function mailsDetail({ mails: [newest], account }: DoorFacts): Sentence {
  if (!newest) return say('お送りしたメールはありません。');
  const { state, createdAt: time, serverAnswer, recipient } = newest;
  const sent = { time, answer: serverAnswer ?? '-' };
  if (recipient !== account.email)
    return say('最後のメール（{time}）は、現在とは別のアドレスあてでした。', { time });
  if (state === 'handed-over')
    return say('最後のメール（{time}）は、相手のメールサーバーが受け取りました。', { time });
  if (state === 'bounced')
    return say('最後のメール（{time}）は届きませんでした。サーバーの回答：{answer}', sent);
  if (state === 'suppressed') return say('最後のメール（{time}）は送信していません。', { time });
  return say('最後のメール（{time}）は送信を待っています。サーバーの回答：{answer}', sent);
}

export function linksDetail({ activation, recovery }: DoorFacts): Sentence {
  if (activation)
    return say('登録完了のURL：{sent}に発行、{end}まで有効', {
      sent: activation.createdAt,
      end: activation.endsAt,
    });
  if (recovery)
    return say('再登録のURL：{sent}に発行、{end}まで有効', {
      sent: recovery.createdAt,
      end: recovery.endsAt,
    });
  return say('ありません。');
}
