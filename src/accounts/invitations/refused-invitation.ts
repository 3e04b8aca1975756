import { page, type Answer } from '../../web/answers.js';
import { say } from '../../web/sentence.js';
import type { InvitationRefusal } from './acceptance.js';

const TITLES = {
  'link-unknown': say('このURLはご利用いただけません'),
  'link-used': say('このURLはすでに使われています'),
  'link-expired': say('このURLは期限が切れています'),
  'link-replaced': say('新しいURLをお送りしています'),
  'invitation-cancelled': say('この招待は取り消されました'),
  'invitation-void': say('この招待はご利用いただけません'),
};

/** Why an invitation's link does not work any more, and what to do (410). */
export function refusedInvitation(reason: InvitationRefusal): Answer {
  return page('accounts/invitations/refused', TITLES[reason], { reason }, { status: 410 });
}
