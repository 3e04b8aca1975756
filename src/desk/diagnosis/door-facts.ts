import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { ActivationMails } from '../../admin-enrollment/activation/activation-mails.js';
import type { Enrollment } from '../../admin-enrollment/enrollment.entity.js';
import { findCase } from '../../admin-enrollment/hold-case.js';
import { AuditEntry } from '../../audit/audit-entry.entity.js';
import type { Reason } from '../../audit/reasons.js';
import type { MailedLink } from '../../auth/mailed-links/mailed-link.entity.js';
import { MailedLinks } from '../../auth/mailed-links/mailed-links.js';
import { FactorDuties } from '../../auth/second-factor/duty/factor-duties.js';
import type { FactorRemoval } from '../../auth/second-factor/factor-removal.entity.js';
import { FactorRemovals } from '../../auth/second-factor/factor-removals.js';
import { Candidates, type Attempt, type Candidate } from '../../auth/sign-in/candidates.js';
import { WaitingTimes } from '../../auth/sign-in/waiting-times.js';
import { databaseNow } from '../../database/clock.js';
import type { Account } from '../../identity/account.entity.js';
import { IpLists } from '../../ip-restriction/lists/ip-lists.js';
import type { IpVersion } from '../../ip-restriction/lists/ip-version.entity.js';
import { MailAdvices, type MailAdvice } from '../../mail/mail-advice.js';
import type { MailDelivery } from '../../mail/mail-delivery.entity.js';
import { mailsOfPerson } from '../../mail/mails-of-person.js';
import { Recoveries } from '../../password-reset/recoveries.js';
import { CaseLooks, type UntoldCase } from './case-looks.js';
import { ColleagueLooks, type Colleagues } from './colleagues.js';

/** What the door would look at if the person gave the right password now, and what led there. */
export interface DoorFacts {
  now: Date;
  /** The company must be loaded. */
  account: Account;
  /** As the door finds it for a browser that nobody knows. */
  attempt: Attempt & { account: Candidate };
  /** From where the person came last with the right password. */
  from: { address: string; at: Date; reason: Reason } | undefined;
  /** In the browser in which the person waits longest, with passwords and with codes. */
  waitsUntil: Date | undefined;
  factorWaitsUntil: Date | undefined;
  /** Since the last sign-in. */
  wrongPasswords: number;
  lastWrong: { at: Date; address: string | null } | undefined;
  /** Who of the desk suspended the account, and why; undefined where the log does not say so any more. */
  freeze: { operator: string; why: string } | undefined;
  /** The case by which the person came. */
  ownCase: Enrollment | undefined;
  /** Numbers of undecided cases that the person may object to. */
  witnessed: string[];
  /** One of them that waits at the desk, because nobody could be told of it. */
  untoldCase: UntoldCase | undefined;
  /** Somebody objected in one of these cases. */
  isObjected: boolean;
  /** What its other administrators can do. */
  colleagues: Colleagues;
  canActivate: boolean;
  activation: MailedLink | undefined;
  recovery: MailedLink | undefined;
  list: IpVersion | undefined;
  /** The person can put the former list in force again, and is admitted by it. */
  mayEndTrial: boolean;
  suspendedUntil: Date | undefined;
  factorDueAt: Date | undefined;
  /** When the right password last led to the question for it. */
  factorAskedAt: Date | undefined;
  removal: FactorRemoval | undefined;
  /** When the last one ended with the company's closing, and has to be begun anew. */
  removalEndedAt: Date | undefined;
  /** The number of the desk's open case about the lost factor. */
  lossCase: string | undefined;
  /** Somebody objected to the last removal: the desk alone begins the next one. */
  isRemovalAtDesk: boolean;
  /** The newest first. */
  mails: MailDelivery[];
  /** What keeps mail from the address. */
  mailAdvice: MailAdvice | null;
}

const BEHIND_PASSWORD: Reason[] = [
  'done',
  'address-refused',
  'second-factor-needed',
  'second-factor-wrong',
  'registration-unfinished',
  'account-suspended',
  'account-deleted',
  'case-held',
  'corporation-closed',
];
const FACTOR_ASKED: Reason[] = ['second-factor-needed', 'second-factor-wrong'];
const SHOWN_MAILS = 5;

/** Reads, by the door's own statement where the door has one, and changes and counts nothing. */
@Injectable()
export class DoorLooks {
  constructor(
    private readonly em: EntityManager,
    private readonly candidates: Candidates,
    private readonly waitingTimes: WaitingTimes,
    private readonly links: MailedLinks,
    private readonly activationMails: ActivationMails,
    private readonly recoveries: Recoveries,
    private readonly lists: IpLists,
    private readonly duties: FactorDuties,
    private readonly removals: FactorRemovals,
    private readonly mailAdvices: MailAdvices,
    private readonly colleagues: ColleagueLooks,
    private readonly cases: CaseLooks,
  ) {}

  /** @param account with its company @param address in place of the one that the person came from last */
  async facts(account: Account, address?: string): Promise<DoorFacts> {
    const { id, loginIdKey, corporation, emailKey } = account;
    const now = await databaseNow(this.em);
    const last = await this.#last(id, BEHIND_PASSWORD);
    const from = address ? { address, at: now, reason: 'done' as const } : last;
    const waits = await this.waitingTimes.longestOf(account);
    const ownCase = await findCase(this.em, { account: id });
    const { witnessed, untold } = await this.cases.ofWitness(id);
    const list = await this.lists.inForce(corporation.id);
    const canActivate = (await this.activationMails.waiting(id)) !== undefined;
    return {
      now,
      account,
      from,
      attempt: await this.#attempt(loginIdKey, from?.address),
      waitsUntil: waits.passwords,
      factorWaitsUntil: waits.codes,
      wrongPasswords: await this.#wrongPasswords(account),
      lastWrong: await this.#last(id, ['password-wrong']),
      freeze: await this.#freeze(account),
      ownCase,
      witnessed,
      untoldCase: untold,
      isObjected: await this.cases.isObjected([ownCase?.caseNumber ?? '', ...witnessed]),
      colleagues: await this.colleagues.of(account),
      canActivate,
      // The link of what is over opens nothing, however long it would last.
      activation: canActivate ? await this.links.liveOf('activation', id) : undefined,
      recovery: emailKey ? await this.recoveries.liveLinkOf(emailKey) : undefined,
      list,
      mayEndTrial: await this.#mayEndTrial(account, list, from?.address, now),
      suspendedUntil: (await this.lists.suspension(corporation.id))?.endsAt,
      factorDueAt: await this.duties.dueAt(id),
      factorAskedAt: (await this.#last(id, FACTOR_ASKED))?.at,
      removal: await this.removals.of(id),
      removalEndedAt: await this.removals.endedWithCompanyAt(account),
      lossCase: await this.cases.lossCase(id),
      isRemovalAtDesk: await this.removals.isAtDesk(account),
      mails: await mailsOfPerson(this.em, account, SHOWN_MAILS),
      mailAdvice: await this.mailAdvices.of(account.email),
    };
  }

  async #attempt(loginIdKey: string, address: string | undefined): Promise<DoorFacts['attempt']> {
    const attempt = await this.candidates.ofNewBrowser(loginIdKey, address);
    return { ...attempt, account: attempt.account! };
  }

  async #last(accountId: string, among: Reason[]) {
    const signIns = { accountId, act: 'sign-in' as const, reason: { $in: among } };
    const from = { ...signIns, address: { $ne: null } };
    const entry = await this.em.findOne(AuditEntry, from, { orderBy: { at: 'desc', id: 'desc' } });
    return entry ? { address: entry.address!, at: entry.at, reason: entry.reason } : undefined;
  }

  async #freeze({ id: target, state, frozenByDesk }: Account): Promise<DoorFacts['freeze']> {
    if (state !== 'suspended' || !frozenByDesk) return undefined;
    const entry = await this.em.findOne(
      AuditEntry,
      { act: 'account-suspension', reason: 'done', facts: { target } },
      { orderBy: { at: 'desc', id: 'desc' } },
    );
    const { operator, why } = entry?.facts ?? {};
    return operator && why ? { operator: String(operator), why: String(why) } : undefined;
  }

  /** The account counts wrong codes among its failures, too. */
  async #wrongPasswords({ id: accountId, lastSignInAt, createdAt }: Account): Promise<number> {
    const at = { $gt: lastSignInAt ?? createdAt };
    return this.em.count(AuditEntry, { accountId, at, reason: 'password-wrong' });
  }

  /** From outside, as the page that refuses the person offers it: back to a list that admits the place. */
  async #mayEndTrial(
    account: Account,
    list: IpVersion | undefined,
    address: string | undefined,
    now: Date,
  ): Promise<boolean> {
    const isOffered = account.role === 'administrator' && !account.isNewcomer(now);
    if (!isOffered || !list?.isOnTrial || !address) return false;
    return this.lists.admits(await this.lists.former(list), address);
  }
}
