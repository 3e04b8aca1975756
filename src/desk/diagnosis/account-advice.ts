import { maskedEmail } from '../../mail/masked-email.js';
import { say } from '../../web/sentence.js';
import type { DoorFacts } from './door-facts.js';
import { advise, adviseOnMail, type PhoneAdvice } from './help.js';

const NOT_ARRIVED = say(
  '登録完了のメールが届きませんでした。メールアドレスと受信設定をご確認ください。',
);

export function ofRegistration(facts: DoorFacts): PhoneAdvice {
  const { canActivate, mails, mailAdvice, account } = facts;
  const email = maskedEmail(account.email);
  // Neither an application nor an activation is taken there.
  if (account.corporation.state === 'closed')
    return advise(
      'open-corporation',
      say('貴社のご利用は終了しているため、登録を進めていただけません。'),
    );
  if (!canActivate)
    return advise(
      'apply-again',
      say('登録の完了の期限が過ぎています。お手数ですが、お申し込みからもう一度お願いします。'),
    );
  if (mailAdvice?.trouble === 'unknown')
    return adviseOnMail(
      'apply-again',
      say(
        '登録完了のメールが {email} に届かず、宛先が見つかりませんでした。正しいアドレスで、お申し込みからもう一度お願いします。',
        { email },
      ),
    );
  if (mailAdvice || mails[0]?.state === 'bounced')
    return adviseOnMail(
      'send-activation',
      say('ご確認いただけましたら、登録完了のメールを {email} に再送します。', { email }),
      mailAdvice?.sentence ?? NOT_ARRIVED,
    );
  return advise(
    'send-activation',
    say(
      '登録がまだ完了していません。{email} あてのメールのURLを開いて、完了してください。見つからないときは、再送します。',
      { email },
    ),
  );
}

const OBJECTED = say(
  '管理者の登録に異議の申し立てがあり、担当窓口で確認しています。結果が決まりましたら、メールでお知らせします。',
);
const AT_DESK = say(
  '管理者の登録を担当窓口で確認しているため、利用を停止しています。結果が決まりましたら、メールでお知らせします。',
);

export function ofSuspension({
  account,
  witnessed,
  colleagues,
  isObjected,
}: DoorFacts): PhoneAdvice {
  if (account.isStoppedByCase || (witnessed.length > 0 && !account.frozenByDesk))
    return advise('decide-case', isObjected ? OBJECTED : AT_DESK);
  const { caseAtDesk } = colleagues;
  if (caseAtDesk && (account.role === 'administrator' || witnessed.includes(caseAtDesk)))
    return advise(
      'decide-case',
      say(
        '担当窓口がアカウントの利用を停止しています。管理者の登録の事案（{number}）を担当窓口が判断するまで再開できません。結果が決まりましたら、メールでお知らせします。',
        { number: caseAtDesk },
      ),
    );
  const number = witnessed.join('、');
  if (account.frozenByDesk && number)
    return advise(
      'release',
      say(
        '担当窓口がアカウントの利用を停止しています。貴社の管理者の登録（{number}）が、まだ決まっていません。お心当たりを伺ったうえで、再開いたします。',
        { number },
      ),
    );
  if (account.frozenByDesk)
    return advise(
      'release',
      say(
        '担当窓口がアカウントの利用を停止しています。ご本人の確認ができましたら、再開いたします。',
      ),
    );
  return advise(
    'ask-administrator',
    say('貴社の管理者の方が、アカウントの利用を停止しています。管理者の方に再開をご依頼ください。'),
  );
}

export function ofDeletion({ account, ownCase, witnessed, now }: DoorFacts): PhoneAdvice {
  if (witnessed.length > 0 || (account.deletedBy === null && ownCase?.stage === 'refused'))
    return advise(
      'decide-case',
      say(
        'アカウントは、管理者の登録の手続きに関連して削除されています。担当窓口で状況を確認します。',
      ),
    );
  const end = account.restorableUntil;
  if (end && account.isRestorable(now))
    return advise(
      'ask-administrator',
      say(
        'アカウントは削除されています。{end}までは、貴社の管理者の方が元に戻せます。管理者の方にご依頼ください。',
        { end },
      ),
    );
  return advise(
    'ask-administrator',
    say('アカウントは削除されています。ご利用には、貴社の管理者の方からの新しい招待が必要です。'),
  );
}
