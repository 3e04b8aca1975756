import { maskedEmail } from '../../mail/masked-email.js';
import { say } from '../../web/sentence.js';
import { ofDeletion, ofRegistration, ofSuspension } from './account-advice.js';
import type { Stop } from './door-checks.js';
import type { DoorFacts } from './door-facts.js';
import { advise, type PhoneAdvice } from './help.js';

type Adviser = (facts: DoorFacts) => PhoneAdvice;

const ADVISERS: Record<Stop, Adviser> = {
  'address-exhausted': () =>
    advise(
      'wait',
      say(
        '同じネットワークからの失敗が続いているため、確認を少しのあいだ停止しています。1分ほどお待ちになってから、もう一度お試しください。',
      ),
    ),
  waiting: ({ waitsUntil, now }) =>
    advise(
      'end-waits',
      say(
        'パスワードの間違いが続いたため、{time}まで確認を停止しています。お待ちになるか、こちらで待ち時間を終えることもできます。',
        { time: waitsUntil ?? now },
      ),
    ),
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
  return stop ? ADVISERS[stop](facts) : ofNothing(facts);
}

function ofAddress({ account, from, list }: DoorFacts): PhoneAdvice {
  const address = from?.address ?? '-';
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
  return advise(
    'suspend-ip-restriction',
    say(
      'お使いの {address} は、貴社のIPアドレス制限で許可されていません。こちらで制限を一時停止し、そのあいだに設定を直していただけます。',
      { address },
    ),
  );
}

function ofFactor({ account, factorWaitsUntil, removal }: DoorFacts): PhoneAdvice {
  if (factorWaitsUntil)
    return advise(
      'end-waits',
      say(
        '確認コードの間違いが続いたため、{time}まで確認を停止しています。お待ちになるか、こちらで待ち時間を終えることもできます。',
        { time: factorWaitsUntil },
      ),
    );
  if (removal?.endsAt)
    return advise(
      'wait',
      say('2段階認証の解除の手続き中です。{time}から、メールのURLで設定し直せます。', {
        time: removal.endsAt,
      }),
    );
  const isStaff = account.role === 'staff';
  return advise(
    isStaff ? 'ask-administrator' : 'lost-factor',
    isStaff
      ? say(
          'パスワードのあとに確認コードが必要です。アプリもリカバリーコードもお手元にないときは、貴社の管理者の方に解除をご依頼ください。',
        )
      : say(
          'パスワードのあとに確認コードが必要です。アプリもリカバリーコードもお手元にないときは、ログインのページから解除の手続きをお願いします。',
        ),
  );
}

/** Nothing is in the way: what is left is a password that is not known, and mails that do not come. */
function ofNothing({ account, mailAdvice }: DoorFacts): PhoneAdvice {
  const email = maskedEmail(account.email);
  if (mailAdvice)
    return advise(
      'ask-administrator',
      account.role === 'staff'
        ? say(
            'ログインを妨げるものはありません。ただ、{email} あてのメールが届いていません。貴社の管理者の方に、アドレスの変更をご依頼ください。',
            { email },
          )
        : say(
            'ログインを妨げるものはありません。ただ、{email} あてのメールが届いていません。パスワードが分かれば、ご自分の情報でアドレスを変更できます。分からないときは、ほかの管理者の方に変更をご依頼いただくか、管理者の追加登録をお願いします。',
            { email },
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
