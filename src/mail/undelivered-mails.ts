import type { Jobs } from '../jobs/jobs.js';

/** Done once for each mail that came back or is not sent, after that is committed. */
export const MAIL_UNDELIVERED = 'mail-undelivered';

export interface UndeliveredMail {
  deliveryId: string;
}

/** In the caller's transaction. Who wrote the mail may have to do something about it. */
export function undelivered(jobs: Jobs, deliveryId: string): Promise<void> {
  return jobs.add(MAIL_UNDELIVERED, { deliveryId } satisfies UndeliveredMail);
}
