import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { MailedLink } from '../../auth/mailed-links/mailed-link.entity.js';
import { MailedLinks } from '../../auth/mailed-links/mailed-links.js';
import { databaseNow } from '../../database/clock.js';
import { deskApproval, deskRefusal, type DeskApproved, type DeskRefused } from '../case-view.js';
import { withoutDismissed } from '../dismissed-witnesses.js';
import type { Enrollment } from '../enrollment.entity.js';
import { Witness } from '../witness.entity.js';

/** A witness and the case, found by a mailed link or by being signed in. */
export type ObjectionLook =
  | { ok: true; witness: Witness; enrollment: Enrollment; link?: MailedLink }
  | {
      ok: false;
      reason:
        | 'link-unknown'
        | 'link-expired'
        | 'case-approved'
        | 'case-over'
        | 'administrators-exist'
        | 'witness-dismissed'
        | 'not-entitled';
      refusal?: DeskRefused | null;
      approval?: DeskApproved | null;
    };

/** Whose objection counts at this moment. */
@Injectable()
export class EntitledWitnesses {
  constructor(
    private readonly em: EntityManager,
    private readonly links: MailedLinks,
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

  /** Those who objected before the mailbox was proved. */
  async waiting(enrollment: Enrollment): Promise<Witness[]> {
    const objected = { enrollment: enrollment.id, objectedAt: { $ne: null } };
    const witnesses = await this.em.find(Witness, objected, { populate: ['account'] });
    return withoutDismissed(this.em, witnesses);
  }

  /** Whether an objection stands that stops nobody before the mailbox is proved. */
  async isAnyWaiting(enrollment: Enrollment): Promise<boolean> {
    return enrollment.isUnproved && (await this.waiting(enrollment)).length > 0;
  }

  /** Those of the cases to which anybody objected. */
  async objected(enrollments: readonly string[]): Promise<Set<string>> {
    const some = { enrollment: { id: { $in: [...enrollments] } }, objectedAt: { $ne: null } };
    const witnesses = await this.em.find(Witness, some);
    return new Set(witnesses.map(({ enrollment }) => enrollment.id));
  }

  async isObjected({ id }: Enrollment): Promise<boolean> {
    return (await this.objected([id])).size > 0;
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
    if (enrollment.stage === 'approved')
      return {
        ok: false,
        reason: 'case-approved',
        approval: deskApproval(enrollment, await this.isObjected(enrollment)),
      };
    if (enrollment.hasLost) return { ok: false, reason: 'administrators-exist' };
    if (enrollment.isOver) {
      const refusal = deskRefusal(enrollment, await this.isObjected(enrollment));
      return { ok: false, reason: 'case-over', refusal };
    }
    const entitled = await withoutDismissed(this.em, [witness]);
    if (entitled.length === 0) return { ok: false, reason: 'witness-dismissed' };
    const isLate =
      enrollment.stage === 'completed' && witness.endsAt <= (await databaseNow(this.em));
    return isLate ? { ok: false, reason: 'link-expired' } : { ok: true, witness, enrollment };
  }
}
