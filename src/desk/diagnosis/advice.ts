import type { MailAdvice } from '../../mail/mail-advice.js';
import { maskedEmail } from '../../mail/masked-email.js';
import { say } from '../../web/sentence.js';
import { secondsUntil } from '../../web/wait.js';
import { ofDeletion, ofRegistration, ofSuspension } from './account-advice.js';
import type { UntoldCase } from './case-looks.js';
import { isPlaceUnknown } from './door-checks.js';
import type { DoorFacts } from './door-facts.js';
import type { Stop } from './door-stops.js';
import { ofFactor } from './factor-advice.js';
import { waitSaid } from './wait-words.js';
import { advise, adviseOnMail, type PhoneAdvice } from './help.js';

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
  return stop ? ADVISERS[stop](facts) : ofNothing(facts);
}

function ofAddress({ account, from, list, mayEndTrial, colleagues }: DoorFacts): PhoneAdvice {
  const address = from?.address ?? '-';
  if (mayEndTrial)
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

/** Nothing is in the way: what is left is a password that is not known, and mails that do not come. */
function ofNothing(facts: DoorFacts): PhoneAdvice {
  const { account, mailAdvice } = facts;
  if (isPlaceUnknown(facts))
    return advise(
      'ask-address',
      say(
        '貴社にはIPアドレス制限があり、ログインできるかは接続元によって変わります。「アクセス制限エラー」のページが表示されるときは、そこにあるIPアドレスをお知らせください。',
      ),
    );
  if (mailAdvice) return ofUndelivered(facts, mailAdvice);
  return advise(
    'send-recovery',
    say(
      'ログインを妨げるものはありません。パスワードが分からないときは、{email} に再登録のメールをお送りします。',
      { email: maskedEmail(account.email) },
    ),
  );
}

function ofUndelivered(
  { account: { email: whole, role }, colleagues, untoldCase }: DoorFacts,
  { trouble, sentence: cause }: MailAdvice,
): PhoneAdvice {
  const { areThere, caseAtDesk: number } = colleagues;
  const email = maskedEmail(whole);
  if (untoldCase) return ofUntoldCase(email, untoldCase);
  if (trouble !== 'unknown')
    return adviseOnMail(
      'send-recovery',
      say('ご確認のあと、パスワードが分からないときは、{email} に再登録のメールをお送りします。', {
        email,
      }),
      cause,
    );
  if (number && role === 'administrator')
    return adviseOnMail(
      'decide-case',
      say(
        '{email} あてのメールが届いていません。パスワードが分かれば、ご自分の情報でアドレスを変更できます。管理者の登録の事案（{number}）を担当窓口が判断するまで、ほかの管理者の方による変更や管理者の追加はできません。',
        { email, number },
      ),
    );
  if (!areThere && role === 'administrator')
    return adviseOnMail(
      'add-administrator',
      say(
        '{email} あてのメールが届いていません。パスワードが分かれば、ご自分の情報でアドレスを変更できます。分からないときは、管理者の追加登録をお願いします。',
        { email },
      ),
    );
  return adviseOnMail(
    'ask-administrator',
    role === 'staff'
      ? say(
          '{email} あてのメールが届いていません。貴社の管理者の方に、アドレスの変更をご依頼ください。',
          { email },
        )
      : say(
          '{email} あてのメールが届いていません。パスワードが分かれば、ご自分の情報でアドレスを変更できます。分からないときは、ほかの管理者の方に変更をご依頼いただくか、管理者の追加登録をお願いします。',
          { email },
        ),
  );
}

/** The telephone is how the person is told. */
function ofUntoldCase(email: string, { number, applicant }: UntoldCase): PhoneAdvice {
  const told = say(
    '{email} あてのメールが届かないため、{applicant} 様の管理者の登録（{number}）をお知らせできていません。ご存じの登録かどうかを、お聞かせください。パスワードが分かれば、ご自分の情報でアドレスを変更できます。',
    { email, applicant, number },
  );
  return { ...adviseOnMail('open-untold-case', told), caseNumber: number };
}
