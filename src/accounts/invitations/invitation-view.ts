import { ROLES } from '../../identity/role.js';
import { momentInWords } from '../../web/moment-in-words.js';
import { say, type Sentence } from '../../web/sentence.js';
import type { Language } from '../../web/texts.js';
import type { DeliveryState, OpenInvitation } from './open-invitations.js';

/** How sure it is that something is wrong: the colour of a chip, which never stands without its text. */
type Tone = 'success' | 'info' | 'warning' | 'error';

interface Chip {
  tone: Tone;
  text: Sentence;
  /** What it means, where the chip is too short for it. */
  advice: Sentence | null;
}

const STATES: Record<OpenInvitation['state'], Chip> = {
  live: { tone: 'info', text: say('登録待ち'), advice: null },
  expired: { tone: 'warning', text: say('期限切れ'), advice: null },
  void: {
    tone: 'error',
    text: say('無効'),
    advice: say('招待した方の権限が変わったため使えません。もう一度お送りください。'),
  },
};

const DELIVERIES: Record<DeliveryState, Chip> = {
  queued: { tone: 'info', text: say('メール送信中'), advice: null },
  'handed-over': { tone: 'success', text: say('メール送信済み'), advice: null },
  deferred: {
    tone: 'warning',
    text: say('メール再送中'),
    advice: say('相手先のサーバーが受け付けないため、送信を続けています。'),
  },
  bounced: {
    tone: 'error',
    text: say('メール不達'),
    advice: say('メールが届きませんでした。アドレスをご確認ください。'),
  },
  suppressed: { tone: 'error', text: say('メール送信見合わせ'), advice: null },
};

/** A row of the list, and the facts of the page behind 送信. */
export function invitationView(invitation: OpenInvitation, language: Language): object {
  const { id, name, email, role, inviter, state, delivery } = invitation;
  return {
    id,
    name,
    email,
    inviter,
    role: ROLES[role],
    state: STATES[state],
    delivery: DELIVERIES[delivery],
    sent: momentInWords(invitation.sentAt, language),
    deadline: momentInWords(invitation.endsAt, language),
    replacedAnother: invitation.replacedAnother,
  };
}
