import { momentInWords } from '../../web/deadline.js';
import { say, type Sentence } from '../../web/sentence.js';
import type { Language } from '../../web/texts.js';
import type { DeliveryState, OpenInvitation } from './open-invitations.js';

/** How sure it is that something is wrong: the colour of a chip, which never stands without its text. */
type Tone = 'success' | 'info' | 'warning' | 'error';

interface Chip {
  tone: Tone;
  text: Sentence;
}

const ROLES = { staff: say('担当者'), administrator: say('管理者') };

const STATES: Record<OpenInvitation['state'], Chip> = {
  live: { tone: 'info', text: say('登録待ち') },
  expired: { tone: 'warning', text: say('期限切れ') },
  void: { tone: 'error', text: say('無効（招待した方の権限が変わりました）') },
};

const DELIVERIES: Record<DeliveryState, Chip> = {
  queued: { tone: 'info', text: say('送信中') },
  'handed-over': { tone: 'success', text: say('送信済み') },
  deferred: { tone: 'warning', text: say('相手先のサーバーが受け付けず、再送を続けています') },
  bounced: { tone: 'error', text: say('届きませんでした（アドレスをご確認ください）') },
  suppressed: { tone: 'error', text: say('送信を見合わせています') },
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
