import { EntityManager, LockMode } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Anonymisation } from '../../accounts/members/anonymisation.js';
import { Deletion } from '../../accounts/members/deletion.js';
import { Members } from '../../accounts/members/members.js';
import { authorOf, type DeskAct } from '../../admin-enrollment/desk-act.js';
import { CaseRules, type CaseObstacle } from '../../admin-enrollment/case-rules.js';
import { Audit, type Settled } from '../../audit/audit.js';
import type { Act } from '../../audit/acts.js';
import { FactorRemovals } from '../../auth/second-factor/factor-removals.js';
import { AccountAccess } from '../../auth/sign-in/account-access.js';
import { WaitingTimes } from '../../auth/sign-in/waiting-times.js';
import { DeskCases } from '../../cases/desk-cases.js';
import { approvedAdministrators, holdCorporation } from '../../corporations/hold-corporation.js';
import { inTransaction } from '../../database/transaction.js';
import { Account } from '../../identity/account.entity.js';
import { loginIdKey } from '../../identity/login-id.js';
import { MemberMails, type DeskDeed } from '../../mail/member-mails.js';

export type AccountActRefusal =
  | 'account-unknown'
  | 'state-changed'
  | 'desk-decides'
  | 'last-administrator'
  | 'newcomer-alone'
  | 'removal-running'
  | CaseObstacle;

/** A command names the login ID. A page has the id: an unproved login ID may be another person's by now. */
type Whose = { id: string } | { loginId: string };

type Refusal = AccountActRefusal | undefined;

/** What the desk does to one person's account. The person hears what and why, and the log knows who. */
@Injectable()
export class AccountActs {
  constructor(
    private readonly em: EntityManager,
    private readonly members: Members,
    private readonly deletion: Deletion,
    private readonly anonymisation: Anonymisation,
    private readonly rules: CaseRules,
    private readonly cases: DeskCases,
    private readonly removals: FactorRemovals,
    private readonly access: AccountAccess,
    private readonly waitingTimes: WaitingTimes,
    private readonly mails: MemberMails,
    private readonly audit: Audit,
  ) {}

  /**
   * 利用停止: a stolen account, say. Also a party of a case, and somebody whom a newcomer stopped or
   * deleted, whom an objection would let in again.
   * @param mayLeaveNobody also the last administrator beside newcomers; the database lets the desk
   */
  freeze(whose: Whose, by: DeskAct, mayLeaveNobody = false): Promise<Settled<AccountActRefusal>> {
    return this.#act('account-suspension', whose, by, async (account, now) => {
      if (account.isStoppedByCase) return 'desk-decides';
      if (account.anonymisedAt || !account.canBeFrozen) return 'state-changed';
      const indispensable = await this.#indispensable(account);
      if (indispensable && !mayLeaveNobody) return indispensable;
      account.suspend(now);
      await this.access.endSessionsOf(account.id);
      return this.#tell(account, { act: 'freeze', time: now, why: by.why });
    });
  }

  /** 利用再開, and the end of a wait after wrong passwords. No administrator while a case is at the desk. */
  release(whose: Whose, by: DeskAct): Promise<Settled<AccountActRefusal>> {
    return this.#act('account-release', whose, by, async (account, now) => {
      if (account.isStoppedByCase) return 'desk-decides';
      if (!account.hasProvedMailbox) return 'state-changed';
      const isSuspended = account.state === 'suspended';
      const obstacle =
        isSuspended && (await this.rules.obstacle('release', account.id, account.id));
      if (obstacle) return obstacle;
      await this.waitingTimes.endAllOf(account);
      if (!isSuspended) return undefined;
      account.release();
      await this.access.endSessionsOf(account.id);
      return this.#tell(account, { act: 'release', time: now, why: by.why });
    });
  }

  /** Waits after wrong passwords and codes; whatever else stops the person goes on. */
  endWaits(whose: Whose, by: DeskAct): Promise<Settled<AccountActRefusal>> {
    return this.#act('waits-end', whose, by, async (account) => {
      if (account.state === 'deleted') return 'state-changed';
      await this.waitingTimes.endAllOf(account);
      return undefined;
    });
  }

  /** All devices, known browsers and unfinished sign-ins. */
  endSessions(whose: Whose, by: DeskAct): Promise<Settled<AccountActRefusal>> {
    return this.#act('sessions-ended', whose, by, async (account, now) => {
      if (!account.hasProvedMailbox) return 'state-changed';
      await this.access.endSessionsOf(account.id);
      return this.#tell(account, { act: 'end-sessions', time: now, why: by.why });
    });
  }

  /**
   * Deletes the person, if nobody did, and takes name and addresses out at once. No mail tells of
   * it. Parties of a case that is not decided are not erased: `freeze` is the act for emergencies.
   */
  erase(whose: Whose, by: DeskAct): Promise<Settled<AccountActRefusal>> {
    return this.#act('account-erasure', whose, by, async (account, now) => {
      if (account.isStoppedByCase) return 'desk-decides';
      if (account.anonymisedAt) return 'state-changed';
      const obstacle = await this.rules.erasureObstacle(account.id);
      if (obstacle) return obstacle;
      // Everybody who was asked to object hears how it ends.
      if (await this.removals.runs({ account: account.id })) return 'removal-running';
      const indispensable = await this.#indispensable(account);
      if (indispensable) return indispensable;
      const caseNumber = await this.cases.openAbout(account.id);
      await this.deletion.endAccess(account);
      account.delete(now);
      await this.anonymisation.erase([account], now);
      if (caseNumber) await this.#caseEnded(caseNumber, account, by);
      return undefined;
    });
  }

  /** Nothing is left of what it is about. */
  async #caseEnded(caseNumber: string, { corporation }: Account, by: DeskAct): Promise<void> {
    await this.cases.endedWith(caseNumber, by.operator, by.why);
    const of = { corporationId: corporation.id, visit: by.visit };
    await this.audit.done('case-closing', of, { caseNumber, ...authorOf(by) });
  }

  /** Newcomers on probation cannot be left alone: whoever ends their cases would leave nobody. */
  async #indispensable(account: Account): Promise<Refusal> {
    const { id, corporation, isActingAdministrator } = account;
    if (!(await this.members.isDispensable(corporation.id, [account]))) return 'last-administrator';
    if (!isActingAdministrator) return undefined;
    const approved = await approvedAdministrators(this.em, corporation.id);
    return approved.some((other) => other !== id) ? undefined : 'newcomer-alone';
  }

  async #tell(account: Account, deed: Omit<DeskDeed, 'loginId'>): Promise<undefined> {
    await this.mails.deskActed(account.addressee, { ...deed, loginId: account.shownLoginId });
  }

  /** Holds company and account, and writes down how it went. */
  async #act(
    act: Act,
    whose: Whose,
    by: DeskAct,
    work: (account: Account, now: Date) => Promise<Refusal>,
  ): Promise<Settled<AccountActRefusal>> {
    return inTransaction<Settled<AccountActRefusal>>(this.em, async () => {
      const known = await this.em.findOne(Account, keyOf(whose));
      if (!known)
        return this.audit.refuse(act, 'account-unknown', { visit: by.visit }, authorOf(by));
      const { id, corporation } = known;
      const now = await holdCorporation(this.em, corporation.id);
      const lockMode = LockMode.PESSIMISTIC_WRITE;
      const account = await this.em.findOneOrFail(Account, { id }, { lockMode, refresh: true });
      await this.em.populate(account, ['corporation']);
      const reason = await work(account, now);
      const of = { corporationId: corporation.id, visit: by.visit };
      return this.audit.settle(act, reason, of, { target: id, ...authorOf(by) });
    });
  }
}

function keyOf(whose: Whose) {
  return 'id' in whose ? whose : { loginIdKey: loginIdKey(whose.loginId) };
}
