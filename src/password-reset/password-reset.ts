import { EntityManager, LockMode } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import type { LinkRefusal } from '../auth/mailed-links/mailed-link.entity.js';
import { AccountAccess } from '../auth/sign-in/account-access.js';
import { databaseNow } from '../database/clock.js';
import { inTransaction } from '../database/transaction.js';
import { suspenderOf, type Suspender } from '../identity/account-states.js';
import { Account } from '../identity/account.entity.js';
import { securityReaders } from '../identity/security-readers.js';
import { Mails } from '../mail/mails.js';
import { SuppressedMailboxes } from '../mail/suppressed-mailboxes.js';
import type { Visit } from '../web/visit.js';
import { Recoveries } from './recoveries.js';
import { RecoveryFlow, type RecoveryRun } from './recovery-flow.js';
import type { Recovery } from './recovery.entity.js';

const ACT = 'password-reset';

type Reset =
  /** `deviceCookie` is absent where the run was completed already, by a second click for instance. */
  { ok: true; deviceCookie?: string } | { ok: false; reason: LinkRefusal | 'second-factor-needed' };

/**
 * The end of a recovery: link, mailbox and numbers were proved, and the second factor where there is
 * one; a new password is set.
 */
@Injectable()
export class PasswordReset {
  constructor(
    private readonly em: EntityManager,
    private readonly flow: RecoveryFlow,
    private readonly recoveries: Recoveries,
    private readonly access: AccountAccess,
    private readonly mails: Mails,
    private readonly suppressed: SuppressedMailboxes,
    private readonly audit: Audit,
  ) {}

  /** The IDs of one company that belong to the mailbox; nothing of another company. */
  recoverable({ emailKey }: Recovery, corporationId: string): Promise<Account[]> {
    return this.em.find(
      Account,
      {
        corporation: { id: corporationId, state: 'active' },
        emailKey: emailKey!,
        state: { $in: ['active', 'suspended'] },
      },
      { orderBy: { loginIdKey: 'asc' }, populate: ['corporation'] },
    );
  }

  /** The ID that a run is about; undefined when it no longer can be recovered. */
  async chosen(recovery: Recovery, { entries }: RecoveryRun): Promise<Account | undefined> {
    const accounts = await this.recoverable(recovery, entries.corporation!.id);
    return accounts.find(({ id }) => id === entries.accountId);
  }

  /**
   * Sets the new password and ends, before anybody hears of it, what the old one opened: sessions,
   * known browsers, half-finished sign-ins, waiting times. Of parallel callers one succeeds.
   */
  async complete(recovery: Recovery, run: RecoveryRun, visit: Visit): Promise<Reset> {
    const { entries } = run;
    const [accountId, passwordHash] = [entries.accountId!, entries.passwordHash!];
    return inTransaction<Reset>(this.em, async () => {
      if (await this.flow.holdCompleted(run)) return { ok: true };
      const account = await this.#hold(accountId, recovery);
      if (!account) return this.audit.refuse(ACT, 'link-unknown', { accountId, visit });
      const { loginId, corporation } = account;
      const suspender: Suspender | '' = suspenderOf(account) ?? '';
      const of = { accountId, corporationId: corporation.id, visit };
      if (await this.flow.missingFactor(run))
        return this.audit.refuse(ACT, 'second-factor-needed', of);
      const refusal = await this.recoveries.use(recovery);
      if (refusal) return this.audit.refuse(ACT, refusal, of);
      account.renewPassword(passwordHash);
      await this.suppressed.prove(account.email);
      const deviceCookie = await this.access.endAllOf(accountId, loginId);
      await this.audit.done(ACT, of);
      const time = await databaseNow(this.em);
      const facts = { loginId, time, address: visit.address, suspender };
      for (const to of await securityReaders(this.em, account))
        await this.mails.recovered(to, facts);
      await this.flow.remember(run, { completed: loginId, suspender, passwordHash: '' });
      return { ok: true, deviceCookie };
    });
  }

  /** The account, as long as it is there and its mailbox is still the one that was proved. */
  async #hold(id: string, { emailKey }: Recovery): Promise<Account | undefined> {
    const account = await this.em.findOne(
      Account,
      { id, emailKey: emailKey! },
      { lockMode: LockMode.PESSIMISTIC_WRITE },
    );
    if (!account?.hasProvedMailbox) return undefined;
    await this.em.populate(account, ['corporation']);
    return account.corporation.state === 'active' ? account : undefined;
  }
}
