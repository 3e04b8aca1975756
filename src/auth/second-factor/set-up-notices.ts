import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { Account } from '../../identity/account.entity.js';
import { undoableMailboxes } from '../../identity/former-mailboxes.js';
import { OwnAccountMails } from '../../mail/own-account-mails.js';
import { MailedLinks } from '../mailed-links/mailed-links.js';

const REPORTABLE = { hours: 72 };

/** Mails about factors that reach the owner, where somebody else may have moved the address away. */
@Injectable()
export class SetUpNotices {
  constructor(
    private readonly em: EntityManager,
    private readonly links: MailedLinks,
    private readonly mails: OwnAccountMails,
  ) {}

  /** The first factor of an account: whoever knew its password could set it up. */
  async firstFactor(account: Account, facts: { time: Date; address: string }): Promise<void> {
    const link = await this.links.issue('second-factor-report', account.id, REPORTABLE);
    for (const to of await this.#mailboxesOf(account))
      await this.mails.secondFactorSetUp(to, facts, { link });
  }

  async exchanged(account: Account, facts: { time: Date; address: string }): Promise<void> {
    for (const to of await this.#mailboxesOf(account))
      await this.mails.secondFactorExchanged(to, facts);
  }

  /** @param isReported the owner said so; otherwise the desk's removal is over */
  async cleared(account: Account, isReported: boolean): Promise<void> {
    for (const to of await this.#mailboxesOf(account))
      await this.mails.secondFactorCleared(to, isReported);
  }

  async #mailboxesOf({ id, addressee }: Account) {
    const former = await undoableMailboxes(this.em, id);
    return [addressee, ...former.map((email) => ({ ...addressee, email }))];
  }
}
