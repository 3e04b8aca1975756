import { isMailKind, MAIL_KINDS } from '../../mail/mail-kinds.js';
import type { MailDelivery } from '../../mail/mail-delivery.entity.js';
import { say, type Sentence } from '../../web/sentence.js';
import type { DoorFacts } from './door-facts.js';

const STATES: Record<string, Sentence> = {
  queued: say('送信の順番を待っています'),
  'handed-over': say('相手のメールサーバーが受け取りました'),
  deferred: say('再送を待っています'),
  bounced: say('届きませんでした'),
  suppressed: say('送信していません'),
  superseded: say('URLが無効になったため、送信していません'),
};

const UNDER_WAY: MailDelivery['state'][] = ['queued', 'deferred', 'handed-over'];

/** Also of a former version, whose mails may have gone by other names. */
export function mailKindInWords(kind: string): Sentence {
  return isMailKind(kind) ? MAIL_KINDS[kind] : say('お知らせ');
}

export function mailStateInWords(state: MailDelivery['state']): Sentence {
  return STATES[state]!;
}

/** The newest mail, where it followed the one that came back and did not come back itself so far. */
export function sentSinceTrouble({ mails, mailAdvice, account }: DoorFacts): Date | undefined {
  const [newest] = mails;
  if (!mailAdvice || newest?.recipient !== account.email) return undefined;
  return UNDER_WAY.includes(newest.state) ? newest.createdAt : undefined;
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
  if (state === 'superseded')
    return say('最後のメール（{time}）は、URLが無効になったため、送信していません。', { time });
  if (state === 'suppressed') return say('最後のメール（{time}）は送信していません。', { time });
  return say('最後のメール（{time}）は送信を待っています。サーバーの回答：{answer}', sent);
}

export function linksDetail({ activation, recovery }: DoorFacts): Sentence {
  if (activation)
    return say('登録完了のURL：{sent}に発行、{end}まで有効', {
      sent: activation.createdAt,
      end: activation.endsAt,
    });
  if (recovery?.hasEnded)
    return say(
      '再登録のURL：{sent}に発行。確認できない番号の入力が5回続いたため、お手続きは終了しています。',
      { sent: recovery.createdAt },
    );
  if (recovery?.wrongPairs)
    return say(
      '再登録のURL：{sent}に発行、{end}まで有効。確認できない番号の入力が{count}回ありました。',
      { sent: recovery.createdAt, end: recovery.endsAt, count: recovery.wrongPairs },
    );
  if (recovery)
    return say('再登録のURL：{sent}に発行、{end}まで有効', {
      sent: recovery.createdAt,
      end: recovery.endsAt,
    });
  return say('ありません。');
}
