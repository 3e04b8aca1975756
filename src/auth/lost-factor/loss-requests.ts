import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import { HourlyCounts } from '../../audit/hourly-counts.js';
import { approvedAdministrators } from '../../corporations/hold-corporation.js';
import { DeskCases, type Matter } from '../../cases/desk-cases.js';
import { databaseNow } from '../../database/clock.js';
import { inTransaction } from '../../database/transaction.js';
import { Account } from '../../identity/account.entity.js';
import { administratorsToAsk } from '../../identity/administrators.js';
import { undoableMailboxes } from '../../identity/former-mailboxes.js';
import { LostFactorMails, type LostFactorWay } from '../../mail/lost-factor-mails.js';
import { MailLimits, strangersMail } from '../../mail/mail-limits.js';
import type { Visit } from '../../web/visit.js';
import { MailedLinks } from '../mailed-links/mailed-links.js';
import { FactorRemovals } from '../second-factor/factor-removals.js';
import { EnrolmentLinks } from './enrolment-links.js';

const ACT = 'lost-factor-request';
const LINK = { hours: 24 };

const NO_WAY: LostFactorWay = {
  names: [],
  runsUntil: null,
  isAtDesk: false,
  isMailboxNew: false,
};

/**
 * Somebody gave the right password and has no second factor at hand. The page says the same to
 * everybody; the mailbox is told what the way is: an administrator, the desk, or for the only
 * administrator the link that begins a removal.
 */
@Injectable()
export class LossRequests {
  constructor(
    private readonly em: EntityManager,
    private readonly links: MailedLinks,
    private readonly removals: FactorRemovals,
    private readonly enrolments: EnrolmentLinks,
    private readonly limits: MailLimits,
    private readonly mails: LostFactorMails,
    private readonly cases: DeskCases,
    private readonly audit: Audit,
    private readonly counts: HourlyCounts,
  ) {}

  /** Beyond the limits no mail goes out, and the page stays the same. */
  async request(accountId: string, visit: Visit): Promise<void> {
    const account = await this.em.findOneOrFail(Account, accountId, { populate: ['corporation'] });
    const limit = await this.limits.take('lost-factor', account.email, strangersMail(visit));
    if (limit) return this.counts.add(ACT, limit);
    await inTransaction(this.em, async () => {
      await this.#send(account, visit);
      const of = { accountId, corporationId: account.corporation.id, visit };
      await this.audit.done(ACT, of);
    });
  }

  /** A removal whose time is over has its own mail: the link to set up another factor. */
  async #send(account: Account, visit: Visit): Promise<void> {
    const removal = await this.removals.of(account.id);
    if (removal?.stateNow === 'due' && !removal.isOfDesk)
      return this.enrolments.send(removal, account);
    const runsUntil = removal?.canBeStopped ? removal.endsAt! : null;
    const way = runsUntil ? { ...NO_WAY, runsUntil } : await this.#wayOf(account);
    const facts = { time: await databaseNow(this.em), address: visit.address };
    await this.mails.factorLost(account.addressee, way, facts);
  }

  async #wayOf(account: Account): Promise<LostFactorWay> {
    const { id, corporation } = account;
    const isOnly = await isOnlyAdministrator(this.em, account);
    if (isOnly && (await this.removals.isAtDesk(account))) {
      await this.cases.open(lossOf(account));
      return { ...NO_WAY, isAtDesk: true };
    }
    const isMailboxNew = isOnly && (await undoableMailboxes(this.em, id)).length > 0;
    if (isMailboxNew) return { ...NO_WAY, isMailboxNew };
    if (isOnly) return { ...NO_WAY, link: await this.links.issue('lost-factor', id, LINK) };
    const names = await administratorsToAsk(this.em, corporation.id, id);
    return { ...NO_WAY, names };
  }
}

/** Nobody else of the company could take the factor off: newcomers on probation may not. */
export async function isOnlyAdministrator(em: EntityManager, account: Account): Promise<boolean> {
  const { id, corporation, role, stateNow } = account;
  if (role !== 'administrator' || stateNow !== 'active' || corporation.state !== 'active')
    return false;
  const approved = await approvedAdministrators(em, corporation.id);
  return approved.every((other) => other === id);
}

/** A factor that the desk alone can begin to take off. */
export function lossOf({ id, corporation }: Account): Matter {
  return { kind: 'lost-factor', subject: id, accountId: id, corporationId: corporation.id };
}
