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

export interface DeskSuspension {
  which: WhichCorporation;
  reason: string;
  /** The operator's name at the desk. */
  by: string;
  /** Absent for a command. */
  visit?: Visit;
}

export interface SuspensionOrder extends DeskSuspension {
  hours: number;
}

export type Suspended =
  | { ok: true; corporationName: string; endsAt: Date; told: number }
  | { ok: false; reason: 'corporation-unknown' | 'not-restricted' };

export type Resumed =
  | { ok: true; corporationName: string; told: number }
  | { ok: false; reason: 'corporation-unknown' | 'not-suspended' };

/** The desk lets all people of a company in for some hours. The verdict compares the end itself. */
@Injectable()
export class Suspensions {
  constructor(
    private readonly em: EntityManager,
    private readonly lists: IpLists,
    private readonly mails: IpRestrictionMails,
    private readonly audit: Audit,
  ) {}

  async suspend({ which, hours, reason, by, visit }: SuspensionOrder): Promise<Suspended> {
    return inTransaction<Suspended>(this.em, async () => {
      const author = { operator: by, why: reason };
      const corporation = await this.#hold(which);
      if (!corporation)
        return this.audit.refuse('ip-suspension', 'corporation-unknown', { visit }, author);
      const { id: corporationId, name: corporationName } = corporation;
      const list = await this.lists.inForce(corporationId);
      const of = { corporationId, visit };
      if (!list?.restricts) return this.audit.refuse('ip-suspension', 'not-restricted', of, author);
      const endsAt = after(await databaseNow(this.em), { hours });
      const given = { corporation, reason, suspendedBy: by, endsAt };
      const suspension = this.em.create(IpSuspension, given);
      await this.em.flush();
      const administrators = await administratorsOf(this.em, corporationId);
      for (const to of administrators) await this.mails.suspended(to, { until: endsAt, reason });
      await this.audit.done('ip-suspension', of, { target: suspension.id, hours, ...author });
      return { ok: true, corporationName, endsAt, told: administrators.length };
    });
  }

  /** Before its time; all of them, where one was lengthened by another. */
  async resume({ which, reason, by, visit }: DeskSuspension): Promise<Resumed> {
    return inTransaction<Resumed>(this.em, async () => {
      const author = { operator: by, why: reason };
      const corporation = await this.#hold(which);
      if (!corporation)
        return this.audit.refuse('ip-resumption', 'corporation-unknown', { visit }, author);
      const { id: corporationId, name: corporationName } = corporation;
      const now = await databaseNow(this.em);
      const running = await this.em.find(IpSuspension, {
        corporation,
        liftedAt: null,
        endsAt: { $gt: now },
      });
      const of = { corporationId, visit };
      if (running.length === 0)
        return this.audit.refuse('ip-resumption', 'not-suspended', of, author);
      for (const suspension of running) suspension.lift(now);
      await this.em.flush();
      const administrators = await administratorsOf(this.em, corporationId);
      for (const to of administrators) await this.mails.resumed(to, { reason });
      await this.audit.done('ip-resumption', of, author);
      return { ok: true, corporationName, told: administrators.length };
    });
  }

  async #hold(which: WhichCorporation): Promise<Corporation | null> {
    const corporation = await this.em.findOne(Corporation, which);
    if (corporation) await holdCorporation(this.em, corporation.id);
    return corporation;
  }
}
