import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import { Corporation, type WhichCorporation } from '../../corporations/corporation.entity.js';
import { holdCorporation } from '../../corporations/hold-corporation.js';
import { after, databaseNow } from '../../database/clock.js';
import { inTransaction } from '../../database/transaction.js';
import { administratorsOf } from '../../identity/administrators.js';
import { IpRestrictionMails } from '../../mail/ip-restriction-mails.js';
import type { Visit } from '../../web/visit.js';
import { IpLists } from './ip-lists.js';
import { IpSuspension } from './ip-suspension.entity.js';

const ACT = 'ip-suspension';

export interface SuspensionOrder {
  which: WhichCorporation;
  hours: number;
  reason: string;
  /** The operator's name at the desk. */
  by: string;
  /** Absent for a command. */
  visit?: Visit;
}

export type Suspended =
  | { ok: true; corporationName: string; endsAt: Date; told: number }
  | { ok: false; reason: 'corporation-unknown' | 'not-restricted' };

/** The desk lets all people of a company in for some hours. The verdict compares the end itself. */
@Injectable()
export class Suspensions {
  constructor(
    private readonly em: EntityManager,
    private readonly lists: IpLists,
    private readonly mails: IpRestrictionMails,
    private readonly audit: Audit,
  ) {}

  async suspend(order: SuspensionOrder): Promise<Suspended> {
    const { which, hours, reason, by, visit } = order;
    return inTransaction<Suspended>(this.em, async () => {
      const corporation = await this.em.findOne(Corporation, which);
      const author = { operator: by, why: reason };
      if (!corporation) return this.audit.refuse(ACT, 'corporation-unknown', { visit }, author);
      const { id: corporationId, name: corporationName } = corporation;
      await holdCorporation(this.em, corporationId);
      const list = await this.lists.inForce(corporationId);
      const of = { corporationId, visit };
      if (!list?.restricts) return this.audit.refuse(ACT, 'not-restricted', of, author);
      const endsAt = after(await databaseNow(this.em), { hours });
      const given = { corporation, reason, suspendedBy: by, endsAt };
      const suspension = this.em.create(IpSuspension, given);
      await this.em.flush();
      const administrators = await administratorsOf(this.em, corporationId);
      for (const to of administrators) await this.mails.suspended(to, { until: endsAt, reason });
      await this.audit.done(ACT, of, { target: suspension.id, hours, ...author });
      return { ok: true, corporationName, endsAt, told: administrators.length };
    });
  }
}
