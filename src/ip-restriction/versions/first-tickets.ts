import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { holdCorporation } from '../../corporations/hold-corporation.js';
import { inTransaction } from '../../database/transaction.js';
import { EmergencyTickets } from '../access/tickets/emergency-tickets.js';
import { IpVersions } from './ip-versions.js';

/** A company that restricts has emergency tickets from the moment it does. */
@Injectable()
export class FirstTickets {
  constructor(
    private readonly em: EntityManager,
    private readonly versions: IpVersions,
    private readonly tickets: EmergencyTickets,
  ) {}

  /** @returns where a list that was put in force leads: to the new tickets, if it has none yet */
  async next(corporationId: string, response: Response): Promise<string> {
    return inTransaction(this.em, async () => {
      await holdCorporation(this.em, corporationId);
      const inForce = await this.versions.inForce(corporationId);
      if (!inForce?.restricts || (await this.tickets.sheet(corporationId)))
        return '/ip-restriction';
      await this.tickets.issue(corporationId, response);
      return '/ip-restriction/tickets';
    });
  }
}
