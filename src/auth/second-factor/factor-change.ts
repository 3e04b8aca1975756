import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { AuditEntry } from '../../audit/audit-entry.entity.js';
import { Audit, type Settled } from '../../audit/audit.js';
import type { Act } from '../../audit/acts.js';
import { inTransaction } from '../../database/transaction.js';
import { Account } from '../../identity/account.entity.js';
import { securityReaders } from '../../identity/security-readers.js';
import type { Addressee } from '../../mail/mail-queue.js';
import { holdSignedIn } from '../sessions/hold-signed-in.js';
import { Sessions, type SignedIn } from '../sessions/sessions.js';
import { AccountAccess } from '../sign-in/account-access.js';
import { FactorRemovals } from './factor-removals.js';

type ChangeRefusal = 'second-factor-wrong' | 'changed-meanwhile' | 'passkeys-full';
export type FactorChanged = Settled<ChangeRefusal>;

interface Change {
  act: Act;
  facts?: AuditEntry['facts'];
  /** @returns why nothing changes */
  make: (account: Account, now: Date) => Promise<ChangeRefusal | undefined>;
  /** Queues the mail that tells one of its readers. */
  tell: (to: Addressee, facts: { time: Date; address: string }) => Promise<unknown>;
  /** A code of the new app was compared: the factor counts as given. */
  proves?: 'factor';
}

/**
 * A change that somebody makes to the own factors, in one transaction that holds the account: the
 * factor is asked for everywhere anew but in this session, a mail tells of it, and the log does. It
 * ends the removal of a lost one, which would go on against the factor that takes its place.
 */
@Injectable()
export class FactorChange {
  constructor(
    private readonly em: EntityManager,
    private readonly access: AccountAccess,
    private readonly sessions: Sessions,
    private readonly removals: FactorRemovals,
    private readonly audit: Audit,
  ) {}

  async by(person: SignedIn, change: Change): Promise<FactorChanged> {
    const { accountId, visit } = person;
    return inTransaction<FactorChanged>(this.em, async () => {
      const time = await holdSignedIn(this.em, person);
      const withCompany = { populate: ['corporation'] } as const;
      const account = await this.em.findOneOrFail(Account, accountId, withCompany);
      const refusal = await change.make(account, time);
      if (refusal) return this.audit.refuse(change.act, refusal, person);
      await this.removals.cancelAsNotLost(accountId, visit);
      await this.access.askFactorAnew(accountId, visit);
      await this.sessions.renew(visit, change.proves);
      for (const to of await securityReaders(this.em, account))
        await change.tell(to, { time, address: visit.address });
      return this.audit.done(change.act, person, change.facts);
    });
  }
}
