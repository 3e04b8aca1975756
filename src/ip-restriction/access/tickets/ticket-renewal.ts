import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../audit/audit.js';
import type { SignedIn } from '../../../auth/sessions.js';
import { holdForAdministrator } from '../../../corporations/hold-corporation.js';
import { sqlOne } from '../../../database/sql.js';
import { inTransaction } from '../../../database/transaction.js';
import type { Visit } from '../../../web/visit.js';
import { IpVersions } from '../../versions/ip-versions.js';
import { EmergencyTickets } from './emergency-tickets.js';

/** New emergency tickets, when the old sheet is lost or used up. */
@Injectable()
export class TicketRenewal {
  constructor(
    private readonly em: EntityManager,
    private readonly versions: IpVersions,
    private readonly tickets: EmergencyTickets,
    private readonly audit: Audit,
  ) {}

  /** Tickets are of use only where something is restricted. */
  async isPossible(corporationId: string): Promise<boolean> {
    return (await this.versions.inForce(corporationId))?.restricts ?? false;
  }

  /**
   * Issues the first ten, when the list in force just switched the restriction on.
   * @returns where the administrator goes next: to the new tickets, or back to the overview
   */
  async afterChange(person: SignedIn, visit: Visit): Promise<string> {
    const { corporationId, isEmergency } = person;
    const switchedOn = await sqlOne(
      this.em,
      `select 1 as found from ip_versions v left join ip_versions before on before.id = v.follows
       where v.id = ip_version_in_force($1) and v.restricts and v.confirmed_at is not null
         and not coalesce(before.restricts, false)
         and not exists (select from ip_tickets t
                         where t.corporation_id = $1 and t.created_at >= v.created_at)`,
      [corporationId],
    );
    if (!switchedOn || isEmergency) return '/ip-restriction';
    await this.renew(person, visit);
    return '/ip-restriction/tickets';
  }

  /** Ten new ones; @returns false where nothing is restricted. */
  async renew(person: SignedIn, visit: Visit): Promise<boolean> {
    const { accountId, corporationId } = person;
    return inTransaction(this.em, async () => {
      await holdForAdministrator(this.em, person);
      if (!(await this.isPossible(corporationId))) return false;
      await this.tickets.issue(person, visit);
      await this.audit.record({
        act: 'ip-tickets',
        reason: 'done',
        accountId,
        corporationId,
        visit,
      });
      return true;
    });
  }
}
