import type { MailAdvice } from '../../mail/mail-advice.js';
import { maskedEmail } from '../../mail/masked-email.js';
import { say } from '../../web/sentence.js';
import type { UntoldCase } from './case-looks.js';
import type { DoorFacts } from './door-facts.js';
import { adviseOnMail, type PhoneAdvice } from './help.js';
import { sentSinceTrouble } from './mails-and-links.js';

/** Nothing keeps the person out, but mails do not arrive. */
export function ofUndelivered(
  facts: DoorFacts,
  { trouble, sentence: cause }: MailAdvice,
): PhoneAdvice {
  const { account, colleagues, untoldCase, recovery } = facts;
  const { email: whole, role } = account;
  const { areThere, caseAtDesk: number } = colleagues;
  const email = maskedEmail(whole);
  if (untoldCase) return ofUntoldCase(email, untoldCase);
  const sentAt = recovery && !recovery.hasEnded && sentSinceTrouble(facts);
  if (sentAt)
    return adviseOnMail(
      'await-mail',
      say(
        '{time}に、再登録のメールを {email} にお送りしました。届いたメールのURLを開いて、再登録してください。届かないときは、受信設定とメールアドレスをご確認ください。',
        { time: sentAt, email },
      ),
    );
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
  return {
    ...adviseOnMail('open-untold-case', told),
    caseNumber: number,
    enrollmentNumber: number,
  };
}
