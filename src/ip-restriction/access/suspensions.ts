import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import { holdCorporation } from '../../corporations/hold-corporation.js';
import { sqlOne } from '../../database/sql.js';
import { inTransaction } from '../../database/transaction.js';
import { IpAccessMails } from '../../mail/ip-access-mails.js';
import { administratorsOf } from './administrators.js';

export interface SuspensionOrder {
  corporateNumber: string;
  hours: number;
  /** Told to the company's administrators. */
  reason: string;
  /** Who at the desk. */
  by: string;
}

export type Suspended =
  | { ok: true; corporationName: string; endsAt: Date; told: number }
  | { ok: false; reason: 'corporation-unknown' | 'not-restricted' };

/** The desk lets everybody of a company in for some hours; it ends by itself, at each decision. */
@Injectable()
export class Suspensions {
  constructor(
    private readonly em: EntityManager,
    private readonly mails: IpAccessMails,
    private readonly audit: Audit,
  ) {}

  async suspend({ corporateNumber, hours, reason, by }: SuspensionOrder): Promise<Suspended> {
    return inTransaction<Suspended>(this.em, async () => {
      const found = await sqlOne<{ id: string; name: string }>(
        this.em,
        'select id, name from corporations where corporate_number = $1',
        [corporateNumber],
      );
      if (!found) return { ok: false, reason: 'corporation-unknown' };
      await holdCorporation(this.em, found.id);
      const suspended = await sqlOne<{ id: string; endsAt: Date }>(
        this.em,
        `insert into ip_suspensions (corporation_id, reason, suspended_by, ends_at)
         select $1, $2, $3, genkan_now() + make_interval(hours => $4) from ip_versions
         where id = ip_version_in_force($1) and restricts
         returning id, ends_at as "endsAt"`,
        [found.id, reason, by, hours],
      );
      if (!suspended) return { ok: false, reason: 'not-restricted' };
      const { id: target, endsAt } = suspended;
      const administrators = await administratorsOf(this.em, found.id);
      for (const each of administrators)
        await this.mails.suspended(each, { until: endsAt, reason });
      await this.audit.record({
        act: 'ip-suspension',
        reason: 'done',
        corporationId: found.id,
        facts: { target, hours },
      });
      return { ok: true, corporationName: found.name, endsAt, told: administrators.length };
    });
  }
}
