import type { Jobs } from '../jobs/jobs.js';
import type { MailDelivery } from './mail-delivery.entity.js';
import type { MailKind } from './mail-kinds.js';

/** Done once for each mail that came back or is not sent, after that is committed. */
export const MAIL_UNDELIVERED = 'mail-undelivered';

/** The same of an answer of the desk, which tells of nothing else. */
export const ANSWER_UNDELIVERED = 'answer-undelivered';

const ANSWER: MailKind = 'desk-answer';

export interface UndeliveredMail {
  deliveryId: string;
}

/** In the caller's transaction. Who wrote the mail may have to do something about it. */
export function undelivered(
  jobs: Jobs,
  { id: deliveryId, kind }: Pick<MailDelivery, 'id' | 'kind'>,
): Promise<void> {
  const job = kind === ANSWER ? ANSWER_UNDELIVERED : MAIL_UNDELIVERED;
  return jobs.add(job, { deliveryId } satisfies UndeliveredMail);
}
