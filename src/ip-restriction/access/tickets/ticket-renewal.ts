import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { Audit } from '../../../audit/audit.js';
import type { SignedIn } from '../../../auth/sessions.js';
import { holdCorporation } from '../../../corporations/hold-corporation.js';
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

  async renew(person: SignedIn, visit: Visit, response: Response): Promise<boolean> {
    const { accountId, corporationId } = person;
    return inTransaction(this.em, async () => {
      await holdCorporation(this.em, corporationId);
      if (!(await this.isPossible(corporationId))) return false;
      await this.tickets.issue(corporationId, response);
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
