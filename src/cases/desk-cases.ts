import { EntityManager, LockMode, raw } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Config } from '../config.js';
import { Corporation } from '../corporations/corporation.entity.js';
import { databaseNow } from '../database/clock.js';
import { Account } from '../identity/account.entity.js';
import { Operator } from '../identity/operator.entity.js';
import { openIfPossible, Seal } from '../seal.js';
import { keptOfAsker, type Asker } from './asker.js';
import { CaseEntry, SPOKEN, type DecisionOnCase, type Spoken } from './case-entry.entity.js';
import { newCaseNumber } from './case-number.js';
import { DeskCase, type CaseKind } from './desk-case.entity.js';
import { DueTimes } from './due-times.js';

/** What a case is about. */
export interface Matter {
  kind: CaseKind;
  /** The enrollment or account; absent for questions. */
  subject?: string;
  /** That customers know already; a new one when it is absent. */
  caseNumber?: string;
  corporationId?: string | null | undefined;
  accountId?: string | null | undefined;
  /** As it was asked: kept sealed. */
  question?: object;
  /** By whom the desk finds it, where no account and no open row tells. */
  asker?: Asker | undefined;
}

/** What somebody of the desk decided, or wants a second person to decide too. */
export interface Signature {
  decision: DecisionOnCase;
  operator: string;
  why: string;
  isFirst: boolean;
  /** Whom it names. */
  person?: string | undefined;
}

const HELD = { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true } as const;

/** Opens cases of the desk, in the transaction of what they are about. They end with it, too (desk-case-ends.sql). */
@Injectable()
export class DeskCases {
  readonly #seal: Seal;

  constructor(
    config: Config,
    private readonly em: EntityManager,
    private readonly dues: DueTimes,
  ) {
    this.#seal = new Seal(config.keysFor('desk-questions'));
  }

  /** The same thing has one case: what is open goes on, and what is done comes back. @returns its number */
  async open({ kind, subject, caseNumber, ...of }: Matter): Promise<string> {
    const now = await databaseNow(this.em);
    const dueAt = await this.dues.dueAt({ kind, subject });
    const known = subject === undefined ? null : await this.#newestOf(subject);
    if (known && (known.isOpen || known.caseNumber === caseNumber)) {
      known.comeBack(kind, dueAt);
      await this.em.flush();
      return known.caseNumber;
    }
    const { corporationId, accountId, question, asker } = of;
    const opened = this.em.create(DeskCase, {
      kind,
      caseNumber: caseNumber ?? newCaseNumber(),
      subject: subject ?? null,
      corporation: corporationId ? this.em.getReference(Corporation, corporationId) : null,
      account: accountId ? this.em.getReference(Account, accountId) : null,
      openedAt: now,
      dueAt,
      sealedQuestion: question ? this.#seal.seal(question) : null,
      ...keptOfAsker(asker),
    });
    await this.em.flush();
    return opened.caseNumber;
  }

  /** @returns where it goes on: the open case about the same, or the newest, where that is another one */
  async successorOf({ subject, id }: DeskCase, held = {}): Promise<DeskCase | undefined> {
    const current = subject ? await this.#newestOf(subject, held) : null;
    return current && current.id !== id ? current : undefined;
  }

  /** The same, held until the end of the caller's transaction. */
  holdSuccessorOf(deskCase: DeskCase): Promise<DeskCase | undefined> {
    return this.successorOf(deskCase, HELD);
  }

  /** In the caller's transaction. @returns the number of the case about it that somebody of the desk has before them */
  async openAbout(subject: string): Promise<string | undefined> {
    const known = await this.#newestOf(subject);
    return known?.isOpen ? known.caseNumber : undefined;
  }

  /** Somebody who may object knows of it by now; the second of two people is still waited for. In the caller's transaction. */
  async told(subject: string): Promise<void> {
    const known = await this.#newestOf(subject);
    if (!known?.isOpen || known.kind !== 'untold' || known.isWordWaiting) return;
    known.endTold(await databaseNow(this.em));
    this.em.create(CaseEntry, { deskCase: known, kind: 'state', state: 'done', cause: 'told' });
    await this.em.flush();
  }

  /** The probation of its newcomer has another end. In the caller's transaction, after that. */
  async probationMoved(subject: string): Promise<void> {
    const known = await this.#newestOf(subject);
    if (!known?.isOpen) return;
    known.dueAt = await this.dues.inTime(subject, known.dueAt);
    await this.em.flush();
  }

  /** It ended, and nobody opened it again: no word is said about it. In the caller's transaction. */
  async isClosed(subject: string): Promise<boolean> {
    return (await this.#newestOf(subject))?.isOpen === false;
  }

  /** A party of it spoke: nobody waits for the customer any more. In the caller's transaction. */
  async heard(subject: string, { kind, account = null, since }: Spoken): Promise<void> {
    const known = await this.#newestOf(subject);
    if (!known?.isOpen) return;
    const before = { deskCase: known, kind, account, at: { $gte: since ?? null } };
    if (since && (await this.em.count(CaseEntry, before)) > 0) return;
    this.em.create(CaseEntry, { deskCase: known, kind, account, person: account?.name ?? '' });
    if (known.state === 'waiting') known.goOn(await this.dues.dueAt(known));
    await this.em.flush();
  }

  /** How often a party spoke: whoever decides read all of it. */
  timesHeard({ id: deskCase }: DeskCase): Promise<number> {
    return this.em.count(CaseEntry, { deskCase, kind: { $in: [...SPOKEN] } });
  }

  /**
   * Somebody of the desk signed a decision about it, on a page or by a command: an entry of its
   * case, which is theirs from then on. In the caller's transaction, after what was decided.
   */
  async signed(subject: string, { operator: name, why: text, ...of }: Signature): Promise<void> {
    // The database ends cases with their matter.
    await this.em.flush();
    const deskCase = await this.#newestOf(subject);
    if (!deskCase) return;
    const by = await this.#authorNamed(name);
    if (by.operator) deskCase.takeUp(by.operator);
    const signed = { ...by, kind: 'decision', text, ...of } as const;
    const ended = of.isFirst ? null : await this.#endNow(deskCase);
    if (ended) this.em.assign(ended, { ...signed, state: null, cause: null });
    else this.em.create(CaseEntry, { deskCase, ...signed });
    await this.em.flush();
  }

  /** The entry of its end, where that is the caller's transaction. */
  async #endNow(deskCase: DeskCase): Promise<CaseEntry | null> {
    const { closedAt } = deskCase;
    const ofIt = { deskCase, cause: { $ne: null }, at: { $gte: closedAt! } };
    return closedAt ? this.em.findOne(CaseEntry, ofIt) : null;
  }

  /**
   * The database ended it with what somebody of the desk did to its subject: the entry of that is
   * theirs. In the caller's transaction, after that.
   */
  async endedWith(caseNumber: string, name: string, why: string): Promise<void> {
    const deskCase = await this.em.findOneOrFail(DeskCase, { caseNumber }, HELD);
    deskCase.closedBy = name;
    const by = await this.#authorNamed(name);
    const ofIt = { deskCase, cause: { $ne: null } };
    const entry = await this.em.findOneOrFail(CaseEntry, ofIt, { orderBy: { at: 'desc' } });
    this.em.assign(entry, { ...by, text: why, cause: null });
    await this.em.flush();
  }

  /** Whoever gave a command may be no person of the desk. */
  async #authorNamed(name: string) {
    const operator = await this.em.findOne(Operator, { name, endedAt: null });
    return { operator, author: operator ? '' : name };
  }

  /** Somebody left the desk: what was theirs is nobody's. In the caller's transaction. */
  async takeAwayFrom(operator: string): Promise<void> {
    const theirs = { assignee: operator, state: { $ne: 'done' } } as const;
    await this.em.nativeUpdate(DeskCase, { ...theirs, state: 'in-work' }, { state: 'new' });
    await this.em.nativeUpdate(DeskCase, theirs, { assignee: null });
  }

  /** Undefined when there is none, or none any more, or its key is gone. */
  async questionOf<T extends object>(deskCase: DeskCase): Promise<T | undefined> {
    await this.em.populate(deskCase, ['sealedQuestion']);
    const { sealedQuestion } = deskCase;
    return sealedQuestion ? openIfPossible<T>(this.#seal, sealedQuestion) : undefined;
  }

  /** The open one, of which there is one at most, else the newest. */
  async #newestOf(subject: string, held: object = HELD): Promise<DeskCase | null> {
    const orderBy = [{ [raw("state = 'done'")]: 'asc' as const }, { openedAt: 'desc' as const }];
    return this.em.findOne(DeskCase, { subject }, { orderBy, ...held });
  }
}
