import { refusedLink } from '../../auth/mailed-links/refused-links.js';
import { page, type Answer } from '../../web/answers.js';
import { say } from '../../web/sentence.js';
import type { Visit } from '../../web/visit.js';
import { deniedPage } from '../application-terms.js';
import type { EnrollmentKind } from '../enrollment.entity.js';
import { obstaclePage } from '../obstacle-page.js';
import type { ActivationLook } from './activation-links.js';
import type { ActivationMails } from './activation-mails.js';

const ENDED = say('お申し込みは終わっています');

/** By a link, or after the right password. */
type RefusedLook = Omit<Extract<ActivationLook, { ok: false }>, 'ok'> & {
  accountId?: string;
};

/** After the right password. @param kind the door to begin anew */
export function endedPage(kind: EnrollmentKind, accountId: string, visit: Visit): Answer {
  visit.refusal = { reason: 'case-over', accountId };
  return page('admin-enrollment/unfinished-ended', ENDED, { kind }, { status: 410 });
}

export async function linkRefusedPage(
  mails: ActivationMails,
  looked: RefusedLook,
  visit: Visit,
): Promise<Answer> {
  const { reason, link, isOver = false, accountId = link?.subject } = looked;
  visit.refusal = { reason, accountId };
  // Another one of the company was activated first.
  if (reason === 'administrators-exist')
    return obstaclePage(reason, 410, {
      inviteFrom: accountId && (await mails.inviteFrom(accountId)),
    });
  if (reason === 'not-applied') return deniedPage(410);
  const model = { linkId: link?.id ?? '', isOver };
  if (reason === 'case-over' || (reason === 'corporation-closed' && isOver))
    return page('admin-enrollment/link-refused', ENDED, { ...model, reason }, { status: 410 });
  return refusedLink('admin-enrollment/link-refused', reason, model);
}
