import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit, type OutcomeOf } from '../../audit/audit.js';
import type { Reason } from '../../audit/reasons.js';
import type { SignedIn } from '../../auth/sessions/sessions.js';
import { DeskCases } from '../../cases/desk-cases.js';
import { inTurnOfCompany } from '../../corporations/company-row.js';
import { holdCorporation } from '../../corporations/hold-corporation.js';
import { databaseNow } from '../../database/clock.js';
import { inTransaction } from '../../database/transaction.js';
import { DAY_SECONDS } from '../../durations.js';
import { Limits } from '../../limits/limits.js';
import { addressedSource, fromSource } from '../../limits/source.js';
import { EnrollmentMails, type ObjectionEffect } from '../../mail/enrollment-mails.js';
import type { Visit } from '../../web/visit.js';
import { CaseEnds } from '../case-ends.js';
import { applicationFacts, newcomerOf } from '../case-view.js';
import type { Enrollment } from '../enrollment.entity.js';
import { matterOf } from '../desk-matter.js';
import { findCase } from '../hold-case.js';
import type { Witness } from '../witness.entity.js';
import { Witnesses } from '../witnesses.js';
import { EntitledWitnesses, type ObjectionLook } from './entitled-witnesses.js';

/** Words for the desk; with an objection unless they only explain. */
export interface Words {
  statement: string;
  isObjection: boolean;
}

/** What became of words beside those of a first objection. */
export type Said = 'nothing' | 'sent' | 'kept' | 'statement-limit';

export type Objected = { ok: true; said: Said } | Extract<ObjectionLook, { ok: false }>;

type Entitled = Extract<ObjectionLook, { ok: true }>;

const STATEMENTS = 3;

/**
 * A witness objects to a newcomer: everybody whom the newcomer deleted or suspended is as before, and
 * the newcomer is frozen. It never decides by itself, because the objector may be the one who left:
 * the desk hears both sides. An application whose mailbox nobody proved is not stopped, because it
 * holds nothing: the objection waits for the proof.
 */
@Injectable()
export class Objections {
  constructor(
    private readonly em: EntityManager,
    private readonly entitled: EntitledWitnesses,
    private readonly witnesses: Witnesses,
    private readonly ends: CaseEnds,
    private readonly mails: EnrollmentMails,
    private readonly limits: Limits,
    private readonly cases: DeskCases,
    private readonly audit: Audit,
  ) {}

  /** By the link of a mail. After the first objection it only adds to what the desk reads. */
  async byLink(token: string | undefined, words: Words, visit: Visit): Promise<Objected> {
    const before = await this.entitled.look(token);
    if (!before.ok) return this.#byLink(token, words, { visit });
    const corporationId = before.enrollment.corporation!.id;
    const source = addressedSource(before.witness.addressee.email, visit);
    const object = () => this.#byLink(token, words, { corporationId, visit });
    return fromSource(source, () => inTurnOfCompany(this.em, corporationId, object));
  }

  async bySignedIn(caseId: string, person: SignedIn, words: Words): Promise<Objected> {
    return inTransaction<Objected>(this.em, async () => {
      await holdCorporation(this.em, person.corporationId);
      const looked = await this.entitled.ofSignedIn(caseId, person.accountId);
      return this.#settle(looked, words, person);
    });
  }

  async #byLink(token: string | undefined, words: Words, by: OutcomeOf): Promise<Objected> {
    return inTransaction<Objected>(this.em, async () => {
      if (by.corporationId) await holdCorporation(this.em, by.corporationId);
      const looked = await this.entitled.look(token);
      return this.#settle(looked, words, by);
    });
  }

  /** The mailbox is proved, and the case is at the desk at once. */
  async tellOfWaiting(enrollment: Enrollment, objectors: Witness[]): Promise<void> {
    for (const witness of objectors) await this.#tellDesk(enrollment, witness, true);
    const effect = { frozen: true, unproved: false, hasWaited: true };
    await this.#tellSides(enrollment, effect);
  }

  async #settle(looked: ObjectionLook, words: Words, by: OutcomeOf): Promise<Objected> {
    const isFirst = looked.ok && words.isObjection && !looked.witness.hasObjected;
    const caseNumber = looked.ok ? looked.enrollment.caseNumber : '';
    const of = { ...by, accountId: looked.ok ? looked.witness.account?.id : by.accountId };
    if (looked.ok && !isFirst) return this.#explain(looked, words.statement, of);
    const reason = looked.ok ? await this.#object(looked, words.statement, of) : looked.reason;
    await this.audit.record('objection', reason, of, { caseNumber });
    return looked.ok ? { ok: true, said: 'nothing' } : looked;
  }

  /** @returns what the log says */
  async #object(
    { witness, enrollment }: Entitled,
    statement: string,
    of: OutcomeOf,
  ): Promise<Reason> {
    const { isAtDesk, canBeApproved: canBeStopped, isUnproved, stage } = enrollment;
    const waits = { isInReview: stage === 'review', isQueued: stage === 'queued' };
    const isFirst = (await this.entitled.waiting(enrollment)).length === 0;
    witness.object(await databaseNow(this.em), statement);
    await this.#takeBackFirstWords(enrollment, of);
    if (canBeStopped) await this.ends.stop(enrollment);
    const frozen = isAtDesk || canBeStopped;
    if (!isUnproved) await this.#tellDesk(enrollment, witness, frozen);
    const effect = { frozen, unproved: isUnproved, ...waits, hasWaited: false };
    if (isUnproved ? isFirst : !isAtDesk) await this.#tellSides(enrollment, effect);
    if (isUnproved) return 'mailbox-unproved';
    return isAtDesk ? 'case-objected' : frozen ? 'done' : 'desk-decides';
  }

  /** Stored for the desk and mailed to it, or kept for the proof of the mailbox. */
  async #explain(
    { witness, enrollment }: Entitled,
    statement: string,
    of: OutcomeOf,
  ): Promise<Objected> {
    if (statement === '') return { ok: true, said: 'nothing' };
    const key = `statement:${witness.id}`;
    const taken = await this.limits.take({ key, maximum: STATEMENTS, seconds: DAY_SECONDS });
    if (!taken.ok) return { ok: true, said: 'statement-limit' };
    witness.explain(statement);
    await this.#takeBackFirstWords(enrollment, of);
    const { isUnproved } = enrollment;
    const name = witness.account?.name ?? '';
    await this.cases.heard(enrollment.id, { kind: 'statement', account: witness.account });
    if (!isUnproved)
      await this.mails.statementForDesk(applicationFacts(enrollment), statement, name);
    const { caseNumber } = enrollment;
    await this.audit.done('witness-statement', of, { caseNumber });
    return { ok: true, said: isUnproved ? 'kept' : 'sent' };
  }

  /** The first of the desk has not read this. */
  async #takeBackFirstWords(enrollment: Enrollment, of: OutcomeOf): Promise<void> {
    const { caseNumber } = enrollment;
    const isSaid = enrollment.forgetFirstWords();
    if (isSaid) await this.audit.done('first-word-end', of, { caseNumber, cause: 'heard' });
  }

  async #tellDesk(enrollment: Enrollment, witness: Witness, frozen: boolean): Promise<void> {
    const { account, statement, objectedAt: since } = witness;
    const own = account ? await findCase(this.em, { account: account.id }) : undefined;
    // What is under review stays that: the desk's word lets it begin, and the objection stops it then.
    if (enrollment.stage !== 'review') await this.cases.open(matterOf('succession', enrollment));
    await this.cases.heard(enrollment.id, { kind: 'objection', account, since });
    await this.mails.objectionForDesk(applicationFacts(enrollment), {
      objector: account?.name ?? '',
      ownCase: own?.caseNumber ?? '',
      statement: statement ?? '',
      frozen,
    });
  }

  /** The first objection of the case; later ones are told to the desk alone. */
  async #tellSides(enrollment: Enrollment, effect: ObjectionEffect): Promise<void> {
    const facts = applicationFacts(enrollment);
    if (effect.frozen) await this.mails.newcomerFrozen(newcomerOf(enrollment), facts);
    for (const to of await this.witnesses.addressees(enrollment))
      await this.mails.objectionReceived(to, facts, effect);
  }
}
