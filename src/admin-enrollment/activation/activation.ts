import { EntityManager, LockMode } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import { MailedLinks } from '../../auth/mailed-links/mailed-links.js';
import { Config } from '../../config.js';
import { inTurnOfCompany } from '../../corporations/company-row.js';
import { holdCorporation, isAdministered } from '../../corporations/hold-corporation.js';
import { databaseNow } from '../../database/clock.js';
import { inTransaction } from '../../database/transaction.js';
import { Account } from '../../identity/account.entity.js';
import { SuppressedMailboxes } from '../../mail/suppressed-mailboxes.js';
import type { Visit } from '../../web/visit.js';
import { Appointment } from '../appointment.entity.js';
import { CaseEnds } from '../case-ends.js';
import { CaseTurns } from '../case-turns.js';
import { EntitledWitnesses } from '../objections/entitled-witnesses.js';
import { Objections } from '../objections/objections.js';
import { FactorWait } from '../factor-wait.js';
import { Witnesses } from '../witnesses.js';
import { ActivationLinks, type LookRefusal } from './activation-links.js';
import { ActivationMails, type WaitingNewcomer } from './activation-mails.js';
import {
  ChosenLoginId,
  type ComparedLoginId,
  type LoginIdRefusal,
  type LoginIdsExhausted,
} from './chosen-login-id.js';
import type { NewcomerNeeds } from './newcomer-needs.js';
import { ProvedApplications, type ProvedAndWaiting } from './proved-applications.js';
import { NewcomerFactor, type NewcomerFactorRefusal } from './newcomer-factor.js';

export interface ChosenCredentials {
  loginId?: string | undefined;
  passwordHash?: string | undefined;
  /** Of the second factor that the page offered. */
  factorCode?: string | undefined;
}

const ACT = 'activation';

type Refusal = LookRefusal | LoginIdRefusal | NewcomerFactorRefusal;

/** `isFirst`: the company has its first administrator. `isStopped`: somebody objected before the proof, and the desk hears both sides. */
interface Came {
  ok: true;
  isFirst: boolean;
  isStopped: boolean;
  heldUntil: Date | null;
}

export type Activated =
  | (Came & { hasFactor: boolean })
  | { ok: false; reason: Refusal; needs?: NewcomerNeeds }
  | LoginIdsExhausted
  | ProvedAndWaiting;

/** The mailbox is proved: whoever opens the link and presses the button may sign in from now on. */
@Injectable()
export class Activation {
  constructor(
    private readonly config: Config,
    private readonly em: EntityManager,
    private readonly activationLinks: ActivationLinks,
    private readonly links: MailedLinks,
    private readonly mails: ActivationMails,
    private readonly loginIds: ChosenLoginId,
    private readonly factor: NewcomerFactor,
    private readonly waits: FactorWait,
    private readonly witnesses: Witnesses,
    private readonly entitled: EntitledWitnesses,
    private readonly objections: Objections,
    private readonly ends: CaseEnds,
    private readonly turns: CaseTurns,
    private readonly proved: ProvedApplications,
    private readonly suppressed: SuppressedMailboxes,
    private readonly audit: Audit,
  ) {}

  async activate(
    token: string | undefined,
    chosen: ChosenCredentials,
    visit: Visit,
  ): Promise<Activated> {
    const compared = await this.#compare(token, chosen, visit);
    if (compared?.ok === false) return compared;
    const before = await this.activationLinks.look(token);
    const act = () => this.#act(token, chosen, compared, visit);
    return before.ok ? inTurnOfCompany(this.em, before.account.corporation.id, act) : act();
  }

  async #act(
    token: string | undefined,
    chosen: ChosenCredentials,
    compared: ComparedLoginId | undefined,
    visit: Visit,
  ): Promise<Activated> {
    return inTransaction<Activated>(this.em, async () => {
      const before = await this.activationLinks.look(token);
      if (before.ok) await this.#hold(before.account);
      const looked = await this.activationLinks.look(token);
      if (!looked.ok) return this.#refuse(looked, undefined, visit);
      const waiting = (await this.mails.waiting(looked.link.subject))!;
      const reason = await this.#refusal(waiting, looked.needs, chosen, compared, visit);
      if (reason) return this.#refuse({ reason, needs: looked.needs }, waiting.account, visit);
      const { account, enrollment } = waiting;
      const waits = enrollment && (await this.proved.wait(account, enrollment, visit));
      if (waits) return waits;
      if (!(await this.links.use(looked.link)))
        return this.#refuse({ reason: 'link-used' }, waiting.account, visit);
      if (looked.needs.password) account.passwordHash = chosen.passwordHash!;
      if (looked.needs.factor) await this.factor.setUp(account, chosen.factorCode!, visit);
      const activated = await this.#activate(waiting, visit);
      return { ...activated, hasFactor: looked.needs.factor };
    });
  }

  /** Not where the factor's code refuses it anyway: no login ID is tried then. */
  async #compare(
    token: string | undefined,
    { loginId, factorCode }: ChosenCredentials,
    visit: Visit,
  ): Promise<ComparedLoginId | LoginIdsExhausted | undefined> {
    const looked = await this.activationLinks.look(token);
    if (!looked.ok || (await this.factor.refusal(looked, factorCode, visit))) return undefined;
    return this.loginIds.compare(looked, loginId, visit);
  }

  /** From here on no other registration takes the login ID away. */
  async #hold({ id, corporation }: Account): Promise<void> {
    await holdCorporation(this.em, corporation.id);
    await this.em.findOne(Account, id, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
  }

  async #refuse(
    { reason, needs }: { reason: Refusal; needs?: NewcomerNeeds },
    account: Account | undefined,
    visit: Visit,
  ): Promise<Activated> {
    const refused = await this.audit.refuse(ACT, reason, { ...account?.addressee, visit });
    return { ...refused, ...(needs && { needs }) };
  }

  /** The link stays; which login IDs exist is guessed here, if anywhere. */
  async #refusal(
    { account }: WaitingNewcomer,
    needs: NewcomerNeeds,
    { loginId, passwordHash, factorCode }: ChosenCredentials,
    compared: ComparedLoginId | undefined,
    visit: Visit,
  ): Promise<Refusal | undefined> {
    if (needs.password && !(loginId && passwordHash)) return 'login-id-needed';
    const refusal = await this.factor.refusal({ account, needs }, factorCode, visit);
    return refusal ?? this.loginIds.choose({ account, needs }, loginId, compared);
  }

  async #activate({ account, enrollment }: WaitingNewcomer, visit: Visit): Promise<Came> {
    const now = await databaseNow(this.em);
    await this.suppressed.prove(account.email);
    const hold = { seconds: this.config.enrollmentHold / 1000 };
    const probation = { seconds: this.config.enrollmentProbation / 1000 };
    const isTold = !enrollment || (await this.witnesses.isAnybodyTold(enrollment));
    const objectors = enrollment ? await this.entitled.waiting(enrollment) : [];
    const isStopped = objectors.length > 0;
    const { id } = account.corporation;
    if (!(await isAdministered(this.em, id))) enrollment?.endHold(now);
    const appointment = await this.em.findOne(Appointment, { account: account.id });
    if (enrollment || appointment) account.role = 'administrator';
    if (enrollment) await this.witnesses.writeDown(enrollment);
    const wait = enrollment && (await this.waits.of(enrollment));
    enrollment?.activate(now, probation, { hold: isTold ? undefined : hold, wait });
    const deadlines = enrollment?.state === 'running' ? enrollment : undefined;
    const { releaseAt: heldUntil = null, probationEndsAt = null } = deadlines ?? {};
    account.activate(now, { heldUntil, probationEndsAt });
    // One change of the account: a newcomer who is stopped is at no moment an administrator.
    if (isStopped) await this.ends.stop(enrollment!);
    await this.em.flush();
    if (!isStopped) await this.ends.endRegistrations(id);
    if (enrollment) await this.witnesses.tellOfActivation(enrollment);
    if (isStopped) await this.objections.tellOfWaiting(enrollment!, objectors);
    else if (enrollment) await this.witnesses.tellOthers(enrollment);
    if (appointment) await this.ends.giveWay(appointment);
    if (appointment) await this.turns.callNext();
    const reason = isStopped ? 'case-objected' : 'done';
    await this.audit.record(ACT, reason, { ...account.addressee, visit });
    const isFirst = !appointment && enrollment?.kind !== 'succession';
    const isHeld = heldUntil !== null && heldUntil > now;
    return { ok: true, isFirst, isStopped, heldUntil: isHeld ? heldUntil : null };
  }
}
