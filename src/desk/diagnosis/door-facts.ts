import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { ActivationMails } from '../../admin-enrollment/activation/activation-mails.js';
import type { Enrollment, EnrollmentKind } from '../../admin-enrollment/enrollment.entity.js';
import { findCase } from '../../admin-enrollment/hold-case.js';
import type { Reason } from '../../audit/reasons.js';
import type { MailedLink } from '../../auth/mailed-links/mailed-link.entity.js';
import { MailedLinks } from '../../auth/mailed-links/mailed-links.js';
import { FactorDuties } from '../../auth/second-factor/duty/factor-duties.js';
import type { FactorRemoval } from '../../auth/second-factor/factor-removal.entity.js';
import { FactorRemovals } from '../../auth/second-factor/factor-removals.js';
import { Candidates, type Attempt, type Candidate } from '../../auth/sign-in/candidates.js';
import { WaitingTimes } from '../../auth/sign-in/waiting-times.js';
import { caseLimit } from '../../corporations/proof-limits.js';
import { databaseNow } from '../../database/clock.js';
import type { Account } from '../../identity/account.entity.js';
import { IpLists } from '../../ip-restriction/lists/ip-lists.js';
import type { IpVersion } from '../../ip-restriction/lists/ip-version.entity.js';
import { Limits } from '../../limits/limits.js';
import { MailAdvices, type MailAdvice } from '../../mail/mail-advice.js';
import type { MailDelivery } from '../../mail/mail-delivery.entity.js';
import { mailsOfPerson } from '../../mail/mails-of-person.js';
import { Recoveries } from '../../password-reset/recoveries.js';
import { CaseLooks, type UntoldCase } from './case-looks.js';
import { ColleagueLooks, type Colleagues } from './colleagues.js';
import { SignInLooks, type Freeze, type Mistakes, type SignInTried } from './sign-in-looks.js';

/** `at` and `reason` are of a sign-in; an address that was told has none. */
type Place = SignInTried | { address: string; at?: undefined; reason?: undefined };

/** What the door would look at if the person gave the right password now, and what led there. */
export interface DoorFacts {
  now: Date;
  /** The company must be loaded. */
  account: Account;
  /** As the door finds it for a browser that nobody knows. */
  attempt: Attempt & { account: Candidate };
  /** From where the person came last with the right password, or the address that the caller told. */
  from: Place | undefined;
  /** In the browser in which the person waits longest, with passwords and with codes. */
  waitsUntil: Date | undefined;
  factorWaitsUntil: Date | undefined;
  wrongPasswords: Mistakes;
  wrongCodes: Mistakes;
  freeze: Freeze | undefined;
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
  /** Numbers of the cases that decide about the person. */
  caseNumbers: string[];
  /** The first of them that is a case of the desk, too, with a page there. */
  deskCase: string | undefined;
  /** The desk sent the person away, and nobody brought the account back. */
  dismissal: { at: Date; number: string; why: string | undefined } | undefined;
  canActivate: boolean;
  /** Somebody else became the administrator whom the person wanted to be. */
  isOvertaken: boolean;
  /** Where the person applies anew whose application is over. */
  doorAfterEnd: EnrollmentKind | undefined;
  activation: MailedLink | undefined;
  /** `hasEnded`: too many pairs of numbers were wrong behind it. */
  recovery: { createdAt: Date; endsAt: Date; wrongPairs: number; hasEnded: boolean } | undefined;
  list: IpVersion | undefined;
  /** The person can put the former list in force again, and is admitted by it. */
  mayEndTrial: boolean;
  suspendedUntil: Date | undefined;
  factorDueAt: Date | undefined;
  /** When the right password last led to the question for it; whether that is how far the person came last. */
  factorAskedAt: Date | undefined;
  isLeftAtFactor: boolean;
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
    private readonly limits: Limits,
    private readonly lists: IpLists,
    private readonly duties: FactorDuties,
    private readonly removals: FactorRemovals,
    private readonly mailAdvices: MailAdvices,
    private readonly colleagues: ColleagueLooks,
    private readonly cases: CaseLooks,
    private readonly signIns: SignInLooks,
  ) {}

  /** @param account with its company @param address in place of the one that the person came from last */
  async facts(account: Account, address?: string): Promise<DoorFacts> {
    const { id, loginIdKey, corporation, emailKey } = account;
    const now = await databaseNow(this.em);
    const last = await this.signIns.behindPassword(account);
    const from = address ? { address } : last;
    const waits = await this.waitingTimes.longestOf(account);
    const ownCase = await findCase(this.em, { account: id });
    const { witnessed, untold } = await this.cases.ofWitness(id);
    const list = await this.lists.inForce(corporation.id);
    const colleagues = await this.colleagues.of(account);
    const atDesk = colleagues.caseAtDesk;
    const caseNumbers = await this.cases.deciding(account, ownCase, witnessed, atDesk);
    const canActivate = (await this.activationMails.waiting(id)) !== undefined;
    return {
      now,
      account,
      from,
      attempt: await this.#attempt(loginIdKey, from?.address),
      waitsUntil: waits.passwords,
      factorWaitsUntil: waits.codes,
      wrongPasswords: await this.signIns.mistakes(account, 'password-wrong'),
      wrongCodes: await this.signIns.mistakes(account, 'second-factor-wrong'),
      freeze: await this.signIns.freeze(account),
      ownCase,
      witnessed,
      untoldCase: untold,
      isObjected: await this.cases.isObjected([ownCase?.caseNumber ?? '', ...witnessed]),
      colleagues,
      caseNumbers,
      deskCase: await this.cases.deskCase(caseNumbers),
      dismissal: await this.cases.dismissal(account, ownCase),
      canActivate,
      isOvertaken: await this.activationMails.hasLost(id),
      doorAfterEnd: await this.activationMails.doorAfterEnd(id),
      // The link of what is over opens nothing, however long it would last.
      activation: canActivate ? await this.links.liveOf('activation', id) : undefined,
      recovery: emailKey ? await this.#recovery(emailKey) : undefined,
      list,
      mayEndTrial: await this.#mayEndTrial(account, list, from?.address, now),
      suspendedUntil: (await this.lists.suspension(corporation.id))?.endsAt,
      factorDueAt: await this.duties.dueAt(id),
      factorAskedAt: (await this.signIns.last(account, FACTOR_ASKED))?.at,
      isLeftAtFactor: last !== undefined && FACTOR_ASKED.includes(last.reason),
      removal: await this.removals.of(id),
      removalEndedAt: await this.removals.endedWithCompanyAt(account),
      lossCase: await this.cases.lossCase(id),
      isRemovalAtDesk: await this.removals.isAtDesk(account),
      mails: await mailsOfPerson(this.em, account, SHOWN_MAILS),
      mailAdvice: await this.mailAdvices.of(account.email),
    };
  }

  async #recovery(mailbox: string): Promise<DoorFacts['recovery']> {
    const link = await this.recoveries.liveLinkOf(mailbox);
    if (!link) return undefined;
    const { id, createdAt, endsAt } = link;
    const { key, maximum } = caseLimit(id);
    const wrongPairs = await this.limits.used(key);
    return { createdAt, endsAt, wrongPairs, hasEnded: wrongPairs >= maximum };
  }

  async #attempt(loginIdKey: string, address: string | undefined): Promise<DoorFacts['attempt']> {
    const attempt = await this.candidates.ofNewBrowser(loginIdKey, address);
    return { ...attempt, account: attempt.account! };
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
