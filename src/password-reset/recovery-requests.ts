import { randomUUID } from 'node:crypto';
import { EntityManager, LockMode } from '@mikro-orm/postgresql';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ActivationMails } from '../admin-enrollment/activation/activation-mails.js';
import { Audit } from '../audit/audit.js';
import { HourlyCounts } from '../audit/hourly-counts.js';
import { LateWrites } from '../database/late-writes.js';
import { inTransaction } from '../database/transaction.js';
import { DAY_SECONDS } from '../durations.js';
import { Account } from '../identity/account.entity.js';
import { emailKey } from '../identity/login-id.js';
import { Jobs } from '../jobs/jobs.js';
import { Limits } from '../limits/limits.js';
import { MailLimits, strangersMail, type MailRefusal } from '../mail/mail-limits.js';
import { Mails } from '../mail/mails.js';
import { SuppressedMailboxes } from '../mail/suppressed-mailboxes.js';
import type { Visit } from '../web/visit.js';
import { KnownReaders, placeName, type Place } from './known-readers.js';
import { Recoveries, type RecoveryAsker } from './recoveries.js';
import type { Recovery } from './recovery.entity.js';

type RequestedAgain = { ok: true; endsAt: Date } | { ok: false; reason: MailRefusal };

/** A request whose mailbox is looked up. */
interface Accepted {
  id: string;
  emailKey: string;
  /** Absent in jobs of the version before. */
  address?: string;
}

/** A request beyond the limits. */
interface Beyond {
  email: string;
  place: Place;
  visit: RecoveryAsker;
}

const FULFIL_RECOVERY = 'fulfil-recovery';
const FULFIL_BEYOND = 'fulfil-recovery-of-known';
/** Of the newest: strangers may have begun many more with the mailbox. */
const UNFINISHED_AT_MOST = 3;

/**
 * Requests by mail address. Every address gets the same answer, known or not; a job looks up the
 * readers of the mailbox afterwards, so that the answer's time does not tell them apart either.
 */
@Injectable()
export class RecoveryRequests implements OnModuleInit {
  constructor(
    private readonly em: EntityManager,
    private readonly recoveries: Recoveries,
    private readonly jobs: Jobs,
    private readonly limits: MailLimits,
    private readonly activationMails: ActivationMails,
    private readonly mails: Mails,
    private readonly audit: Audit,
    private readonly counts: HourlyCounts,
    private readonly readers: KnownReaders,
    private readonly once: Limits,
    private readonly suppressed: SuppressedMailboxes,
    private readonly lateWrites: LateWrites,
  ) {}

  onModuleInit(): void {
    this.jobs.register(FULFIL_RECOVERY, (payload) => {
      const { id, emailKey: mailbox, address = '' } = payload as Accepted;
      return this.#fulfil(id, mailbox, address);
    });
    this.jobs.register(FULFIL_BEYOND, (payload) => this.#fulfilBeyond(payload as Beyond));
  }

  /**
   * Beyond the limits strangers cause no mail, and the answer stays the same.
   * @param tab the flow that takes the mail's code @returns until when a link would work
   */
  async request(email: string, tab: string, visit: Visit): Promise<Date> {
    const limit = await this.limits.take('recovery', email, strangersMail(visit));
    if (!limit) return this.#acceptOneADay(email, { ...visit, tab });
    this.counts.add('password-reset-request', limit);
    if (limit !== 'network-mail-limit') await this.#askBeyond(email, tab, visit);
    return this.recoveries.deadline();
  }

  /** A job looks whether a mail is due all the same, so that the answer's time does not tell it. */
  async #askBeyond(email: string, tab: string, visit: Visit): Promise<void> {
    const place = await this.readers.placeOf(visit);
    if (!(await this.limits.takeBeyond('recovery', email, placeName(place)))) return;
    const { address, requestId } = visit;
    await this.jobs.add(FULFIL_BEYOND, { email, place, visit: { tab, address, requestId } });
  }

  /** Once more, and not within three minutes. */
  async requestAgain(email: string, tab: string, visit: Visit): Promise<RequestedAgain> {
    const reason = await this.limits.takeAnother('recovery', email, strangersMail(visit));
    if (!reason) return { ok: true, endsAt: await this.#acceptOneADay(email, { ...visit, tab }) };
    this.counts.add('password-reset-request', reason);
    if (reason === 'mailbox-limit') await this.#askBeyond(email, tab, visit);
    return { ok: false, reason };
  }

  /**
   * A mailbox whose mails come back gets one recovery a day. The others are begun for an address that
   * nobody has: the answer takes as long, and the day's link goes on working.
   */
  async #acceptOneADay(email: string, visit: RecoveryAsker): Promise<Date> {
    const mayRecover = await this.suppressed.mayRecover(email);
    return this.accept(mayRecover ? email : `${randomUUID()}@nobody.invalid`, visit);
  }

  /** In the caller's transaction, if there is one; for a mailbox whose mails the caller counts. */
  async accept(email: string, visit: RecoveryAsker): Promise<Date> {
    return inTransaction(this.em, async () => {
      const { id, endsAt } = await this.recoveries.begin(email, visit);
      const { address } = visit;
      await this.jobs.add(FULFIL_RECOVERY, { id, emailKey: emailKey(email), address });
      await this.audit.done('password-reset-request', { visit });
      return endsAt;
    });
  }

  /**
   * Gives back what a link cost that its reader used up: without a live link in the mailbox, strangers
   * would have used up the next one too. What it follows is done, whether the database is there for it
   * or not.
   */
  async makeUpFor({ link, emailKey: mailbox }: Recovery, visit: Visit): Promise<void> {
    const spent = { key: `recovery:spent:${link.id}`, maximum: 1, seconds: DAY_SECONDS };
    await this.lateWrites.do(async () => {
      if (!(await this.once.take(spent)).ok) return;
      const source = strangersMail(visit);
      await this.lateWrites.do(() => this.limits.giveBack('recovery', mailbox!, source));
    });
  }

  async #fulfilBeyond({ email, place, visit }: Beyond): Promise<void> {
    if (await this.readers.includes(emailKey(email), place))
      await this.#acceptOneADay(email, visit);
    else if (await this.suppressed.mayRecover(email)) await this.#sendFirstLink(email, visit);
  }

  /**
   * Strangers used up the mails of a mailbox that has no live link: they asked while its account was
   * deleted, say, and none was written. Then there is one.
   */
  async #sendFirstLink(email: string, visit: RecoveryAsker): Promise<void> {
    const mailbox = emailKey(email);
    await inTransaction(this.em, async () => {
      // Of several jobs at once, the others see the first one's link.
      const owner = await this.#firstOwner(mailbox, LockMode.PESSIMISTIC_WRITE);
      if (!owner || (await this.recoveries.liveLinkOf(mailbox))) return;
      const { id } = await this.recoveries.begin(email, visit);
      await this.#sendLink(id, mailbox, owner);
      await this.audit.done('password-reset-request', { visit });
    });
  }

  /**
   * Sends what the readers of the mailbox need: one link for all their IDs, and for registrations
   * that were never finished their activation mail instead, unless its link lives elsewhere. Mail goes to the address as it is
   * stored, never as it was typed.
   */
  async #fulfil(id: string, mailbox: string, address: string): Promise<void> {
    await inTransaction(this.em, async () => {
      const owner = await this.#firstOwner(mailbox);
      if (owner) await this.#sendLink(id, mailbox, owner);
      for (const { id: accountId } of await this.#unfinished(mailbox))
        await this.activationMails.sendForRequest(accountId, address);
    });
  }

  #firstOwner(emailKey: string, lockMode = LockMode.NONE): Promise<Account | null> {
    const state = ['active' as const, 'suspended' as const];
    const proved = { emailKey, state, corporation: { state: 'active' as const } };
    return this.em.findOne(Account, proved, { orderBy: { createdAt: 'asc' }, lockMode });
  }

  async #sendLink(id: string, mailbox: string, owner: Account): Promise<void> {
    const link = await this.recoveries.arm(id, mailbox);
    const { email, language, id: accountId, corporation } = owner;
    if (!link) return;
    const { askedFrom, code } = link;
    const to = { email, language, accountId, corporationId: corporation.id, askedFrom };
    await this.mails.recovery(to, link, code);
  }

  #unfinished(emailKey: string): Promise<Account[]> {
    const registered = { state: 'registered', corporation: { state: 'active' } } as const;
    return this.em.find(
      Account,
      { emailKey, ...registered },
      { orderBy: { createdAt: 'desc' }, limit: UNFINISHED_AT_MOST },
    );
  }
}
