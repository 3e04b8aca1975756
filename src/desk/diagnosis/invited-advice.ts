import type { InvitationState } from '../../accounts/invitations/invitation.entity.js';
import type { MailAdvice } from '../../mail/mail-advice.js';
import { maskedEmail } from '../../mail/masked-email.js';
import { say } from '../../web/sentence.js';
import { advise, adviseOnMail, helpOf, type PhoneAdvice } from './help.js';

export interface InvitedPerson {
  name: string;
  nameKana: string;
  email: string;
  endsAt: Date;
  state: InvitationState;
  corporationId: string;
  corporationName: string;
  corporationState: string;
}

const CHIPS = {
  closed: { tone: 'error', text: say('利用終了') },
  undelivered: { tone: 'error', text: say('メール不達') },
  live: { tone: 'info', text: say('招待中') },
  void: { tone: 'warning', text: say('無効') },
  expired: { tone: 'warning', text: say('期限切れ') },
};

/** Of an invitation that nobody accepted yet: as the search and the page of its company show it. */
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
  live: ({ email: whole, endsAt: time }) =>
    advise(
      'ask-administrator',
      say(
        '招待のメールを {email} にお送りしています。{time}までに、メールのURLを開いてください。見つからないときは、貴社の管理者の方に再送をご依頼ください。',
        { email: maskedEmail(whole), time },
      ),
    ),
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
