import type { InvitationState } from '../../accounts/invitations/invitation.entity.js';
import type { MailAdvice } from '../../mail/mail-advice.js';
import { maskedEmail } from '../../mail/masked-email.js';
import { say } from '../../web/sentence.js';
import { advise, adviseOnMail, helpOf, type PhoneAdvice } from './help.js';

interface InvitedPerson {
  name: string;
  nameKana: string;
  email: string;
  createdAt: Date;
  endsAt: Date;
  cancelledAt: Date | null;
  replacedAt: Date | null;
  /** Its mail is not the first to this person. */
  replacedAnother: unknown;
  state: InvitationState;
  corporationId: string;
  corporationName: string;
  corporationState: string;
}

const CHIPS = {
  closed: { tone: 'error', text: say('利用終了') },
  undelivered: { tone: 'error', text: say('メール不達') },
  live: { tone: 'info', text: say('招待中') },
  cancelled: { tone: 'error', text: say('取り消された招待') },
  replaced: { tone: 'warning', text: say('新しい招待あり') },
  void: { tone: 'warning', text: say('無効') },
  expired: { tone: 'warning', text: say('期限切れ') },
};

/** Of an invitation that nobody accepted: as the search and the page of its company show it. */
export function invitedView(invited: InvitedPerson, mail: MailAdvice | null) {
  const { name, nameKana, endsAt, corporationId, corporationName } = invited;
  const standing = standingOf(invited, mail);
  const { act, sentence, mail: undelivered } = ADVISERS[standing](invited, mail);
  const { label, page } = helpOf(act);
  const party = { account: '', corporation: corporationId, caseNumber: '' };
  return {
    name,
    nameKana,
    endsAt,
    corporationId,
    corporationName,
    chip: CHIPS[standing],
    cause: undelivered?.cause ?? null,
    sentence,
    help: { label, path: page?.(party) ?? null },
  };
}

function standingOf(
  { state, corporationState }: InvitedPerson,
  mail: MailAdvice | null,
): keyof typeof CHIPS {
  if (corporationState === 'closed') return 'closed';
  if (state === 'cancelled' || state === 'replaced') return state;
  if (mail) return 'undelivered';
  return state === 'live' || state === 'expired' ? state : 'void';
}

type Adviser = (invited: InvitedPerson, mail: MailAdvice | null) => PhoneAdvice;

const ADVISERS: Record<keyof typeof CHIPS, Adviser> = {
  closed: () =>
    advise('open-corporation', say('貴社のご利用は終了しているため、招待をお受けいただけません。')),
  undelivered: ({ email: whole }, mail) => {
    const email = maskedEmail(whole);
    return mail?.trouble === 'unknown'
      ? adviseOnMail(
          'ask-administrator',
          say(
            '招待のメールが {email} に届かず、宛先が見つかりませんでした。貴社の管理者の方に、正しいアドレスへの招待をご依頼ください。',
            { email },
          ),
        )
      : adviseOnMail(
          'ask-administrator',
          say(
            'ご確認のあと、貴社の管理者の方に、{email} への招待のメールの再送をご依頼ください。',
            { email },
          ),
          mail?.beforeRegistration,
        );
  },
  cancelled: ({ cancelledAt }) =>
    advise(
      'ask-administrator',
      say(
        'この招待は、{time}に貴社の管理者の方が取り消しました。ご利用になるときは、貴社の管理者の方に新しい招待をご依頼ください。',
        { time: cancelledAt! },
      ),
    ),
  replaced: ({ email: whole, replacedAt }) =>
    advise(
      'ask-administrator',
      say(
        '新しい招待のメールを、{time}に {email} へお送りしました。前のメールのURLは使えません。新しいメールのURLを開いてください。',
        { email: maskedEmail(whole), time: replacedAt! },
      ),
    ),
  live: ({ email: whole, endsAt: time, createdAt: sent, replacedAnother }) => {
    const email = maskedEmail(whole);
    const sentence = replacedAnother
      ? say(
          '{sent}にお送りした新しい招待のメールのURLを、{time}までに開いてください。前のメールのURLは使えません。宛先は {email} です。見つからないときは、貴社の管理者の方に再送をご依頼ください。',
          { email, time, sent },
        )
      : say(
          '招待のメールを {email} にお送りしています。{time}までに、メールのURLを開いてください。見つからないときは、貴社の管理者の方に再送をご依頼ください。',
          { email, time },
        );
    return advise('ask-administrator', sentence);
  },
  void: () =>
    advise(
      'ask-administrator',
      say(
        '招待した方の権限が変わり、この招待は使えなくなっています。貴社の管理者の方に、新しい招待をご依頼ください。',
      ),
    ),
  expired: ({ endsAt: time }) =>
    advise(
      'ask-administrator',
      say(
        '招待の期限（{time}）が過ぎています。貴社の管理者の方に、招待のメールの再送をご依頼ください。',
        { time },
      ),
    ),
};
