import { sql } from 'kysely';
import type { MailDelivery } from '../../../mail/mail-delivery.entity.js';
import type { MailTrouble } from '../../../mail/mail-advice.js';
import { say, type Sentence } from '../../../web/sentence.js';

/** Of the person `p`. Asked in full only of addresses that an index knows. */
export const MAIL_TROUBLE = sql<MailTrouble | null>`(
  select mail_advice(a.email) from accounts a
  join mail_deliveries d on d.recipient = a.email and d.state = 'bounced' and d.settled_at is null
  where a.id = p.id limit 1)`.as('mailTrouble');

export interface MailOfPerson {
  mailState: MailDelivery['state'] | null;
  mailIsOld: boolean | null;
  mailTrouble: MailTrouble | null;
}

const TROUBLES: Record<MailTrouble, Sentence> = {
  full: say('メール不達（容量超過）'),
  carrier: say('メール不達（受信設定）'),
  gateway: say('メール不達（受信拒否）'),
  unknown: say('メール不達（宛先不明）'),
  other: say('メール不達'),
};
const WAITS = { tone: 'warning', text: say('メール遅延') };

/** Why mail does not arrive, or the fate of the last one while it waits. */
export function mailChip({ mailTrouble, mailState, mailIsOld }: MailOfPerson) {
  if (mailTrouble) return { tone: 'error', text: TROUBLES[mailTrouble] };
  const isWaiting = mailState === 'queued' || mailState === 'deferred';
  return isWaiting && mailIsOld ? WAITS : null;
}
