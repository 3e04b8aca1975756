import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import type { Reason } from '../../audit/reasons.js';
import type { MailedLink } from '../../auth/mailed-links/mailed-link.entity.js';
import { MailedLinks } from '../../auth/mailed-links/mailed-links.js';
import { holdCorporation } from '../../corporations/hold-corporation.js';
import { databaseNow } from '../../database/clock.js';
import { inTransaction } from '../../database/transaction.js';
import { EnrollmentMails } from '../../mail/enrollment-mails.js';
import type { Visit } from '../../web/visit.js';
import { CaseEnds } from '../case-ends.js';
import { applicationFacts, newcomerOf } from '../case-view.js';
import type { Enrollment } from '../enrollment.entity.js';
import { Witness } from '../witness.entity.js';
import { Witnesses } from '../witnesses.js';

/** A witness and the case, found by a mailed link or by being signed in. */
export type ObjectionLook =
  | { ok: true; witness: Witness; enrollment: Enrollment; link?: MailedLink }
  | {
      ok: false;
      reason: 'link-unknown' | 'link-expired' | 'case-approved' | 'case-over' | 'not-entitled';
    };

export type Objected = { ok: true } | Extract<ObjectionLook, { ok: false }>;

type Entitled = Extract<ObjectionLook, { ok: true }>;

/**
 * A witness objects to a newcomer: everybody whom the newcomer deleted or suspended is as before, and
 * the newcomer is frozen. It never decides by itself, because the objector may be the one who left:
 * the desk hears both sides.
 */
@Injectable()
export class Objections {
  constructor(
    private readonly em: EntityManager,
    private readonly links: MailedLinks,
    private readonly witnesses: Witnesses,
    private readonly ends: CaseEnds,
    private readonly mails: EnrollmentMails,
    private readonly audit: Audit,
  ) {}

  /**
   * Looks at a link without changing anything. It is never used up, and one that a newer mail
   * replaced shows the same: nobody may make an objector's link void by writing to him again.
   */
  async look(token: string | undefined): Promise<ObjectionLook> {
    const { link } = await this.links.look('objection', token);
    const witness = link && (await this.#find({ id: link.subject }));
    if (!witness) return { ok: false, reason: 'link-unknown' };
    const looked = await this.#judge(witness);
    return looked.ok ? { ...looked, link } : looked;
  }

  async ofSignedIn(enrollment: string, account: string): Promise<ObjectionLook> {
    const witness = await this.#find({ enrollment, account });
    return witness ? this.#judge(witness) : { ok: false, reason: 'not-entitled' };
  }

  /** By the link of a mail. Objecting again, or after somebody else did, changes nothing more. */
  async byLink(token: string | undefined, statement: string, visit: Visit): Promise<Objected> {
    return inTransaction<Objected>(this.em, async () => {
      const before = await this.look(token);
      const corporationId = before.ok ? before.enrollment.corporation!.id : undefined;
      if (corporationId) await holdCorporation(this.em, corporationId);
      const looked = await this.look(token);
      return this.#settle(looked, statement, { corporationId, visit });
    });
  }

  /** By an administrator who is signed in and was there before. */
  async bySignedIn(
    caseId: string,
    { accountId, corporationId }: { accountId: string; corporationId: string },
    statement: string,
    visit: Visit,
  ): Promise<Objected> {
    return inTransaction<Objected>(this.em, async () => {
      await holdCorporation(this.em, corporationId);
      const looked = await this.ofSignedIn(caseId, accountId);
      return this.#settle(looked, statement, { accountId, corporationId, visit });
    });
  }

  async #find(which: { id: string } | { enrollment: string; account: string }) {
    return this.em.findOne(Witness, which, {
      populate: ['account', 'enrollment.corporation', 'enrollment.account'],
      refresh: true,
    });
  }

  /** It works for 30 days and as long as the case runs, or until it is decided. */
  async #judge(witness: Witness): Promise<ObjectionLook> {
    const { enrollment } = witness;
    if (enrollment.stage === 'approved') return { ok: false, reason: 'case-approved' };
    if (enrollment.isOver) return { ok: false, reason: 'case-over' };
    const isLate =
      enrollment.stage === 'completed' && witness.endsAt <= (await databaseNow(this.em));
    return isLate ? { ok: false, reason: 'link-expired' } : { ok: true, witness, enrollment };
  }

  async #settle(
    looked: ObjectionLook,
    statement: string,
    who: { accountId?: string; corporationId: string | undefined; visit: Visit },
  ): Promise<Objected> {
    const reason = looked.ok ? await this.#object(looked, statement) : looked.reason;
    if (reason === undefined) return { ok: true };
    const caseNumber = looked.ok ? looked.enrollment.caseNumber : '';
    const accountId = looked.ok ? looked.witness.account?.id : who.accountId;
    await this.audit.record({ act: 'objection', reason, ...who, accountId, facts: { caseNumber } });
    return looked.ok ? { ok: true } : looked;
  }

  /** @returns what the log says; undefined when the witness objected before */
  async #object({ witness, enrollment }: Entitled, statement: string): Promise<Reason | undefined> {
    if (witness.hasObjected) return undefined;
    const { isAtDesk, canBeStopped } = enrollment;
    witness.object(await databaseNow(this.em), statement);
    if (canBeStopped) await this.ends.stop(enrollment);
    const frozen = isAtDesk || canBeStopped;
    await this.#tell(enrollment, witness, { frozen, first: !isAtDesk });
    return isAtDesk ? 'case-objected' : frozen ? 'done' : 'desk-decides';
  }

  /** @param outcome.first the first objection of the case; later ones are told to the desk alone */
  async #tell(
    enrollment: Enrollment,
    { account, statement }: Witness,
    { frozen, first }: { frozen: boolean; first: boolean },
  ): Promise<void> {
    const facts = applicationFacts(enrollment);
    const command = `genkan enrollment show ${facts.caseNumber}`;
    const objection = {
      objector: account?.name ?? '',
      statement: statement ?? '',
      frozen,
      command,
    };
    await this.mails.objectionForDesk(facts, objection);
    if (!first) return;
    if (frozen) await this.mails.newcomerFrozen(newcomerOf(enrollment), facts);
    for (const to of await this.witnesses.addressees(enrollment))
      await this.mails.objectionReceived(to, facts, frozen);
  }
}
