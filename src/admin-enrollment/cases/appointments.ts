import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import { DeskCases } from '../../cases/desk-cases.js';
import { isClosed } from '../../corporations/hold-corporation.js';
import { databaseNow } from '../../database/clock.js';
import { inTransaction } from '../../database/transaction.js';
import { emailKey, openLoginId } from '../../identity/login-id.js';
import { missingSecondWord, type SecondWordRefusal } from '../../identity/second-words.js';
import { ActivationMails } from '../activation/activation-mails.js';
import { Appointment } from '../appointment.entity.js';
import { CaseEnds } from '../case-ends.js';
import type { Enrollment } from '../enrollment.entity.js';
import { matterOf } from '../desk-matter.js';
import { holdCase } from '../hold-case.js';
import { createRegistered } from '../registered-account.js';
import { authorOf, type DeskAct } from '../desk-act.js';
import { missingForAnother } from './two-people.js';

const APPOINTING = { give: 'appointment', confirm: 'appointment-confirmation' } as const;

export interface NamedPerson {
  name: string;
  nameKana: string;
  email: string;
}

type Refusal =
  | 'case-over'
  | 'case-closed'
  | 'case-queued'
  | 'corporation-closed'
  | SecondWordRefusal
  | 'appointment-missing'
  | 'appointment-other';

export type Appointed =
  /** `person`: whom it concerns; `former`: whom the desk had named before. */
  | { ok: true; isComplete: true; person: Named; former?: Named | undefined }
  /** Two of the desk take back whom two of the desk named; the second one did not say so yet. */
  | { ok: true; isComplete: false; person: Named }
  | { ok: false; reason: Refusal | 'case-unknown' };

type Named = Pick<NamedPerson, 'name' | 'email'>;

type Worked =
  | { person: Named; former?: Named | undefined }
  | { person: Named; reason: 'second-person-needed' }
  | Refusal;

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
    private readonly cases: DeskCases,
    private readonly audit: Audit,
  ) {}

  /**
   * The first person of the desk. Naming somebody anew takes back whom it named before; where
   * that was confirmed, two people name anew.
   */
  async give(caseNumber: string, person: NamedPerson, by: DeskAct): Promise<Appointed> {
    return this.#act('give', caseNumber, by, async (enrollment) => {
      const before = await this.em.findOne(Appointment, { enrollment: enrollment.id });
      const missing = await missingForAnother(this.em, before, by.operator);
      if (missing === 'second-person-needed') return { person: before!, reason: missing };
      if (missing) return missing;
      const former = await this.ends.takeBackAppointment(enrollment);
      await this.#endFirstWords(enrollment, by, before !== null && !before.confirmedAt);
      const named = { ...person, appointedBy: by.operator, reason: by.why };
      this.em.create(Appointment, { enrollment, ...named });
      await this.cases.open(matterOf('succession', enrollment));
      return { person: { name: person.name, email: person.email }, former };
    });
  }

  /** The second person of the desk. @param email of whom that person means */
  async confirm(caseNumber: string, email: string, by: DeskAct): Promise<Appointed> {
    return this.#act('confirm', caseNumber, by, async (enrollment) => {
      const appointment = await this.em.findOne(Appointment, { enrollment: enrollment.id });
      if (!appointment || appointment.confirmedAt) return 'appointment-missing';
      const missing = await missingSecondWord(this.em, appointment.appointedBy, by.operator);
      if (missing && missing !== 'second-person-needed') return missing;
      if (emailKey(appointment.email) !== emailKey(email)) return 'appointment-other';
      await this.#endFirstWords(enrollment, by);
      await this.#confirm(appointment, enrollment, by);
      return { person: appointment };
    });
  }

  async #act(
    decision: keyof typeof APPOINTING,
    caseNumber: string,
    by: DeskAct,
    work: (enrollment: Enrollment) => Promise<Worked>,
  ): Promise<Appointed> {
    const act = APPOINTING[decision];
    return inTransaction<Appointed>(this.em, async () => {
      const enrollment = await holdCase(this.em, { caseNumber });
      if (!enrollment) return { ok: false, reason: 'case-unknown' };
      const worked = (await this.#refusalOf(enrollment)) ?? (await work(enrollment));
      const of = { corporationId: enrollment.corporation!.id, visit: by.visit };
      const { operator, why } = by;
      // Why somebody is named stays at the desk; why that is confirmed is for everybody.
      const facts = { caseNumber, ...authorOf(decision === 'give' ? { ...by, why: '' } : by) };
      if (isRefused(worked)) return this.audit.refuse(act, worked, of, facts);
      const isFirst = 'reason' in worked;
      const person = isFirst ? '' : worked.person.name;
      await this.cases.signed(enrollment.id, { decision, operator, why, isFirst, person });
      if ('reason' in worked) {
        await this.audit.record(act, worked.reason, of, facts);
        return { ok: true, isComplete: false, person: worked.person };
      }
      return { ...(await this.audit.done(act, of, facts)), isComplete: true, ...worked };
    });
  }

  /** While a company is closed nobody there could say so in time that it is wrong. */
  async #refusalOf({
    id,
    stage,
    canBeDecided,
    corporation,
  }: Enrollment): Promise<Refusal | undefined> {
    if (stage === 'queued') return 'case-queued';
    if (!canBeDecided) return 'case-over';
    if (await this.cases.isClosed(id)) return 'case-closed';
    return (await isClosed(this.em, corporation!.id)) ? 'corporation-closed' : undefined;
  }

  /** Whoever names or confirms somebody decides otherwise than the first word did. */
  async #endFirstWords(enrollment: Enrollment, by: DeskAct, isNamedAnew = false): Promise<void> {
    if (!enrollment.forgetFirstWords() && !isNamedAnew) return;
    const { caseNumber, corporation } = enrollment;
    const facts = { caseNumber, cause: 'other-word', operator: by.operator };
    const of = { corporationId: corporation!.id, visit: by.visit };
    await this.audit.done('first-word-end', of, facts);
  }

  /** Nobody but the named person becomes administrator from now on. */
  async #confirm(appointment: Appointment, enrollment: Enrollment, by: DeskAct): Promise<void> {
    const { name, nameKana, email } = appointment;
    if (!enrollment.isAtDesk) await this.ends.stop(enrollment);
    const credentials = { loginId: openLoginId(), passwordHash: '' };
    const applicant = { name, nameKana, email, department: '', phone: '', ...credentials };
    const { id } = enrollment.corporation!;
    const account = (await createRegistered(this.em, id, applicant, 'ja'))!;
    appointment.confirm(by, account, await databaseNow(this.em));
    await this.em.flush();
    await this.activation.issue(account.id);
  }
}

function isRefused(worked: Worked): worked is Refusal {
  return typeof worked === 'string';
}
