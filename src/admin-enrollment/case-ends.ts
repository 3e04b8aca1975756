import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { MailedLinks } from '../auth/mailed-links/mailed-links.js';
import { AccountAccess } from '../auth/sign-in/account-access.js';
import { databaseNow } from '../database/clock.js';
import { Account } from '../identity/account.entity.js';
import type { Enrollment } from './enrollment.entity.js';

/**
 * How a newcomer is stopped, and sent away, in the caller's transaction and under the company's held
 * row. Either way everybody whom the newcomer deleted or suspended is as before.
 */
@Injectable()
export class CaseEnds {
  constructor(
    private readonly em: EntityManager,
    private readonly access: AccountAccess,
    private readonly links: MailedLinks,
  ) {}

  /** An objection: the newcomer sees nothing but the case until the desk decides. */
  async stop(enrollment: Enrollment): Promise<void> {
    enrollment.object(await databaseNow(this.em));
    await this.#freeze(enrollment.account!);
    await this.#bringBack(enrollment);
  }

  /** The desk: the account is deleted, or gone where its mailbox was never proved. */
  async sendAway(enrollment: Enrollment): Promise<void> {
    const { account } = enrollment;
    const now = await databaseNow(this.em);
    enrollment.refuse(now);
    if (!account) return;
    await this.#freeze(account);
    await this.#bringBack(enrollment);
    if (enrollment.activatedAt) account.endInCase(now);
    await this.em.flush();
    if (!enrollment.activatedAt) await this.em.nativeDelete(Account, { id: account.id });
  }

  async #freeze(account: Account): Promise<void> {
    account.stopByCase();
    await this.em.flush();
    await this.access.endSessionsOf(account.id);
    await this.links.replace('activation', account.id);
  }

  async #bringBack({ account, corporation }: Enrollment): Promise<void> {
    const { id } = account!;
    const taken = await this.em.find(Account, {
      id: { $ne: id },
      corporation: corporation!.id,
      anonymisedAt: null,
      $or: [{ deletedBy: id }, { suspendedBy: id }],
    });
    for (const person of taken) person.undoActsOf(id);
    await this.em.flush();
  }
}
