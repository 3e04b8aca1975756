import { maskedEmail } from '../../mail/masked-email.js';
import { say } from '../../web/sentence.js';
import { secondsUntil } from '../../web/wait.js';
import { ofRegistration, ofSuspension } from './account-advice.js';
import { ofDeletion } from './deletion-advice.js';
import { isPlaceUnknown } from './door-checks.js';
import type { DoorFacts } from './door-facts.js';
import type { Stop } from './door-stops.js';
import { ofCode, ofFactor } from './factor-advice.js';
import { ofUndelivered } from './mail-trouble-advice.js';
import { waitSaid } from './wait-words.js';
import { advise, type PhoneAdvice } from './help.js';

type Adviser = (facts: DoorFacts) => PhoneAdvice;

const ADVISERS: Record<Stop, Adviser> = {
  'address-exhausted': ({ attempt }) => advise('wait', waitSaid('network', attempt.networkWaits)),
  waiting: ({ waitsUntil, now }) =>
    advise('end-waits', waitSaid('password', secondsUntil(waitsUntil ?? now, now))),
  'registration-unfinished': ofRegistration,
  'corporation-closed': () =>
    advise('open-corporation', say('貴社のご利用は終了しているため、ログインいただけません。')),
  'case-held': ({ account, now }) =>
    advise(
      'decide-case',
      say(
        '管理者の登録の確認中です。{time}からログインいただけます。以前からの管理者の方が承認されると、すぐにログインいただけます。',
        { time: account.heldUntil ?? now },
      ),
    ),
  'account-suspended': ofSuspension,
  'account-deleted': ofDeletion,
  'address-refused': ofAddress,
  'second-factor-needed': ofFactor,
  'second-factor-missing': () =>
    advise(
      'set-up-factor',
      say(
        'ログインはできます。2段階認証の設定の期限を過ぎているため、先に設定のページに進みます。ページの案内に沿って設定をお願いします。',
      ),
    ),
};

/** @param stop undefined where the door lets the person in */
export function adviceOn(stop: Stop | undefined, facts: DoorFacts): PhoneAdvice {
  const advice = stop ? ADVISERS[stop](facts) : ofNothing(facts);
  if (advice.act !== 'decide-case') return advice;
  const { deskCase: caseNumber, caseNumbers } = facts;
  const [enrollmentNumber] = caseNumbers;
  return {
    ...advice,
    ...(caseNumber && { caseNumber }),
    ...(enrollmentNumber && { enrollmentNumber }),
  };
}

/** Behind a list somebody may fail at the code, or lack a mail, before the list matters. */
function ofAddress(facts: DoorFacts): PhoneAdvice {
  const advice = ofList(facts);
  if (isLeftAtFactorBehind(facts)) return { ...advice, also: ofCode(facts) };
  const { mailAdvice } = facts;
  return mailAdvice ? { ...advice, also: mailAdvice.sentence, mail: { cause: null } } : advice;
}

/** There the person saw no error page so far; who tells an address reads it on that page. */
function isLeftAtFactorBehind({ isLeftAtFactor, from }: DoorFacts): boolean {
  return isLeftAtFactor && from?.reason !== undefined;
}

function ofList(facts: DoorFacts): PhoneAdvice {
  const { account, from, list, mayEndTrial, colleagues } = facts;
  const address = from?.address ?? '-';
  if (mayEndTrial && !isLeftAtFactorBehind(facts))
    return advise(
      'end-trial',
      say(
        '貴社のIPアドレス制限の試行中で、お使いの {address} が含まれていません。エラーのページで「試行を今すぐ終了する」を選ぶと、すぐに元の設定に戻せます。現在のパスワードが必要です。',
        { address },
      ),
    );
  if (list?.isOnTrial)
    return advise(
      'wait-for-trial',
      say(
        '貴社のIPアドレス制限の試行中で、お使いの {address} が含まれていません。確定されなければ、{time}に自動で元に戻ります。',
        { address, time: list.trialEndsAt! },
      ),
    );
  if (account.role === 'staff')
    return advise(
      'ask-administrator',
      say(
        'お使いの {address} は、貴社のIPアドレス制限で許可されていません。エラーのページから、管理者の方に許可をご依頼ください。',
        { address },
      ),
    );
  if (colleagues.areAdmitted)
    return advise(
      'ask-administrator',
      say(
        'お使いの {address} は、貴社のIPアドレス制限で許可されていません。ログインできるほかの管理者の方に、このアドレスの追加をご依頼ください。どなたもログインできないときは、こちらで制限を一時停止します。',
        { address },
      ),
    );
  return advise(
    'suspend-ip-restriction',
    say(
      'お使いの {address} は、貴社のIPアドレス制限で許可されていません。こちらで制限を一時停止し、そのあいだに設定を直していただけます。',
      { address },
    ),
  );
}

const READ_ADDRESS = say(
  '「アクセス制限エラー」が出るときは、表示のIPアドレスをお知らせください。',
);

/** Nothing is in the way: what is left is a password that is not known, and mails that do not come. */
function ofNothing(facts: DoorFacts): PhoneAdvice {
  const { account, mailAdvice, recovery } = facts;
  if (mailAdvice) {
    const advice = ofUndelivered(facts, mailAdvice);
    return isPlaceUnknown(facts) ? { ...advice, also: READ_ADDRESS } : advice;
  }
  if (isPlaceUnknown(facts))
    return advise(
      'ask-address',
      say(
        '貴社にはIPアドレス制限があり、ログインできるかは接続元によって変わります。「アクセス制限エラー」のページが表示されるときは、そこにあるIPアドレスをお知らせください。',
      ),
    );
  const email = maskedEmail(account.email);
  if (recovery?.hasEnded)
    return advise(
      'send-recovery',
      say(
        '再登録で、確認できない番号の入力が5回続いたため、お手続きが終了しています。{email} に再登録のメールをお送りします。ご請求書の法人番号とお振込先口座番号をご確認のうえ、入力してください。',
        { email },
      ),
    );
  if (recovery?.wrongPairs)
    return advise(
      'send-recovery',
      say(
        '再登録で、確認できない番号の入力が{count}回ありました。ご請求書の法人番号とお振込先口座番号をご確認のうえ、{end}までに入力してください。ページを閉じられたときは、{email} に再登録のメールを再送します。',
        { count: recovery.wrongPairs, end: recovery.endsAt, email },
      ),
    );
  return advise(
    'send-recovery',
    say(
      'ログインを妨げるものはありません。パスワードが分からないときは、{email} に再登録のメールをお送りします。',
      { email },
    ),
  );
}
