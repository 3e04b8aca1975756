import { maskedEmail } from '../../mail/masked-email.js';
import { say } from '../../web/sentence.js';
import type { DoorFacts } from './door-facts.js';
import { advise, adviseOnMail, type PhoneAdvice } from './help.js';
import { sentSinceTrouble } from './mails-and-links.js';

const APPLY_AT_DOOR = {
  initial: advise(
    'apply-again',
    say(
      '登録が完了しないまま、お申し込みは終わっています。お手数ですが、新規登録のお申し込みからもう一度お願いします。',
    ),
  ),
  succession: advise(
    'add-administrator',
    say(
      '登録が完了しないまま、お申し込みは終わっています。お手数ですが、管理者の追加登録のお申し込みからもう一度お願いします。',
    ),
  ),
};
const OVERTAKEN = advise(
  'ask-administrator',
  say(
    '貴社にはすでに管理者の方がいらっしゃるため、この新規登録は完了できません。管理者の方に招待をご依頼ください。管理者の方が分からないときや、退職されているときは、管理者の追加登録をお願いします。',
  ),
);
const overtakenUntil = (time: Date) =>
  advise(
    'ask-administrator',
    say(
      '貴社にはすでに管理者の方がいらっしゃるため、この新規登録は完了できません。管理者の方は登録されたばかりで、招待をご依頼いただけるのは{time}からです。それまでは、管理者の追加登録（/admin-enrollment）をお申し込みいただけます。',
      { time },
    ),
  );
const REGISTERED_ANEW = advise(
  'ask-administrator',
  say(
    '同じお名前の方が、すでに管理者として登録されています。お申し込みをやり直されたときは、あとから登録したログインIDとパスワードでログインしてください。お心当たりがないときは、お知らせください。',
  ),
);
const NOT_ARRIVED = say(
  '登録完了のメールが届きませんでした。メールアドレスと受信設定をご確認ください。',
);

export function ofRegistration(facts: DoorFacts): PhoneAdvice {
  const { canActivate, isOvertaken, colleagues, doorAfterEnd = 'initial' } = facts;
  const { activation, mails, mailAdvice, account } = facts;
  const email = maskedEmail(account.email);
  // Neither an application nor an activation is taken there.
  if (account.corporation.state === 'closed')
    return advise(
      'open-corporation',
      say('貴社のご利用は終了しているため、登録を進めていただけません。'),
    );
  if (colleagues.isNamesake) return REGISTERED_ANEW;
  if (isOvertaken) return colleagues.inviteFrom ? overtakenUntil(colleagues.inviteFrom) : OVERTAKEN;
  if (!canActivate) return APPLY_AT_DOOR[doorAfterEnd];
  const sentAt = activation && sentSinceTrouble(facts);
  if (sentAt)
    return adviseOnMail(
      'await-mail',
      say(
        '{time}に、登録完了のメールを {email} に再送しました。届いたメールのURLを開いて、完了してください。届かないときは、受信設定とメールアドレスをご確認ください。',
        { time: sentAt, email },
      ),
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
      mailAdvice?.beforeRegistration ?? NOT_ARRIVED,
    );
  if (!activation)
    return advise(
      'send-activation',
      say(
        '登録がまだ完了していません。メールのURLは使えなくなっているため、{email} に再送します。届いたメールのURLを開いて、完了してください。',
        { email },
      ),
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
  return colleagues.areThere
    ? advise(
        'ask-administrator',
        say(
          '貴社の管理者の方が、アカウントの利用を停止しています。管理者の方に再開をご依頼ください。',
        ),
      )
    : advise(
        'release',
        say(
          '貴社の管理者の方が、アカウントの利用を停止しています。再開できる管理者の方がいらっしゃらないため、ご本人の確認ができましたら、こちらで再開いたします。',
        ),
      );
}
