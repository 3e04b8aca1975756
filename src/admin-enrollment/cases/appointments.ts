import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import type { Act } from '../../audit/reasons.js';
import { databaseNow } from '../../database/clock.js';
import { inTransaction } from '../../database/transaction.js';
import { openLoginId, withLowerCaseDomain } from '../../identity/login-id.js';
import { ActivationMails } from '../activation/activation-mails.js';
import { Appointment } from '../appointment.entity.js';
import { CaseEnds } from '../case-ends.js';
import type { Enrollment } from '../enrollment.entity.js';
import { holdCase } from '../hold-case.js';
import { createRegistered, removeUnstarted } from '../registered-account.js';

/** An act of the desk with its author and cause, for the company's log. */
export interface DeskAct {
  operator: string;
  why: string;
}

export interface NamedPerson {
  name: string;
  nameKana: string;
  email: string;
}

type Refusal = 'case-over' | 'case-queued' | 'same-operator' | 'appointment-missing';

export type Appointed = { ok: true } | { ok: false; reason: Refusal | 'case-unknown' };

/**
 * The desk ends a case by giving the company to a person whom it names: one of its people names,
 * another one confirms. The newcomer is frozen then, and goes when the named person has proved the
 * mailbox.
 */
@Injectable()
export class Appointments {
  constructor(
    private readonly em: EntityManager,
    private readonly ends: CaseEnds,
    private readonly activation: ActivationMails,
    private readonly audit: Audit,
  ) {}

  /** The first person of the desk. Naming somebody anew takes back whom it named before. */
  async give(caseNumber: string, person: NamedPerson, by: DeskAct): Promise<Appointed> {
    return this.#act('appointment', caseNumber, by, async (enrollment) => {
      await this.#takeBack(enrollment);
      const email = withLowerCaseDomain(person.email);
      const named = { ...person, email, appointedBy: by.operator, reason: by.why };
      this.em.create(Appointment, { enrollment, ...named });
      return undefined;
    });
  }

  async confirm(caseNumber: string, by: DeskAct): Promise<Appointed> {
    return this.#act('appointment-confirmation', caseNumber, by, async (enrollment) => {
      const appointment = await this.em.findOne(Appointment, { enrollment: enrollment.id });
      if (!appointment || appointment.confirmedAt) return 'appointment-missing';
      if (isSamePerson(appointment.appointedBy, by.operator)) return 'same-operator';
      await this.#confirm(appointment, enrollment, by.operator);
      return undefined;
    });
  }

  async #act(
    act: Act,
    caseNumber: string,
    by: DeskAct,
    work: (enrollment: Enrollment) => Promise<Refusal | undefined>,
  ): Promise<Appointed> {
    return inTransaction<Appointed>(this.em, async () => {
      const enrollment = await holdCase(this.em, { caseNumber });
      if (!enrollment) return { ok: false, reason: 'case-unknown' };
      const refusal = refusalOf(enrollment) ?? (await work(enrollment));
      const corporationId = enrollment.corporation!.id;
      const facts = { caseNumber, ...by };
      await this.audit.record({ act, reason: refusal ?? 'done', corporationId, facts });
      return refusal ? { ok: false, reason: refusal } : { ok: true };
    });
  }

  async #takeBack(enrollment: Enrollment): Promise<void> {
    const former = await this.em.findOne(
      Appointment,
      { enrollment: enrollment.id },
      { populate: ['account'] },
    );
    if (!former) return;
    if (former.account) await removeUnstarted(this.em, former.account);
    await this.em.nativeDelete(Appointment, { enrollment: enrollment.id });
    this.em.clear();
  }

  /** Nobody but the named person becomes administrator from now on. */
  async #confirm(
    appointment: Appointment,
    enrollment: Enrollment,
    operator: string,
  ): Promise<void> {
    const { name, nameKana, email } = appointment;
    if (!enrollment.isAtDesk) await this.ends.stop(enrollment);
    const credentials = { loginId: openLoginId(), passwordHash: '' };
    const applicant = { name, nameKana, email, department: '', phone: '', ...credentials };
    const { id } = enrollment.corporation!;
    const account = (await createRegistered(this.em, id, applicant, 'ja'))!;
    appointment.confirm(operator, account, await databaseNow(this.em));
    await this.activation.issue(account.id);
  }
}

function refusalOf({ stage, canBeDecided }: Enrollment): 'case-queued' | 'case-over' | undefined {
  if (stage === 'queued') return 'case-queued';
  return canBeDecided ? undefined : 'case-over';
}

function isSamePerson(one: string, other: string): boolean {
  return foldedName(one) === foldedName(other);
}

function foldedName(name: string): string {
  return name.normalize('NFKC').replace(/\s/g, '').toLowerCase();
}
