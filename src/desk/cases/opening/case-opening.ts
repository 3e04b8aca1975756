import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { DeskAct } from '../../../admin-enrollment/desk-act.js';
import { canBeDismissed, matterOf } from '../../../admin-enrollment/desk-matter.js';
import { findCase, holdCase } from '../../../admin-enrollment/hold-case.js';
import type { Enrollment } from '../../../admin-enrollment/enrollment.entity.js';
import { Audit } from '../../../audit/audit.js';
import { lossOf } from '../../../auth/lost-factor/loss-requests.js';
import { DeskCases, type Matter } from '../../../cases/desk-cases.js';
import { inTransaction } from '../../../database/transaction.js';
import { Account } from '../../../identity/account.entity.js';
import { isUuid } from '../../../web/uuid.js';

/** Whom a case would be about that the desk begins itself, after a call say. */
export interface CaseOccasion {
  account?: Account | undefined;
  enrollment?: Enrollment | undefined;
  /** The person, where there is no factor whose loss a case would be about. */
  withoutFactor?: string | undefined;
}

/** `isNew`: it was not open already. */
type CaseOpened = { ok: true; caseNumber: string; isNew: boolean } | { ok: false };

@Injectable()
export class CaseOpening {
  constructor(
    private readonly em: EntityManager,
    private readonly cases: DeskCases,
    private readonly audit: Audit,
  ) {}

  /** Neither of them where there is nothing that the desk could do. */
  async occasion(account: string, caseNumber: string): Promise<CaseOccasion> {
    const populate = ['corporation'] as const;
    const owner = isUuid(account) ? await this.em.findOne(Account, account, { populate }) : null;
    const enrollment = caseNumber ? await findCase(this.em, { caseNumber }) : undefined;
    const mayLose = owner?.secondFactorSince && owner.hasProvedMailbox;
    return {
      account: mayLose ? owner : undefined,
      withoutFactor: mayLose ? undefined : owner?.id,
      enrollment: enrollment && canBeDismissed(enrollment) ? enrollment : undefined,
    };
  }

  /** The number of the case that it has, if the desk has it before it. */
  openAbout({ account, enrollment }: CaseOccasion): Promise<string | undefined> {
    const subject = account?.id ?? enrollment!.id;
    return inTransaction(this.em, () => this.cases.openAbout(subject));
  }

  /** Refuses what was decided meanwhile. */
  async open(
    { account, enrollment }: CaseOccasion,
    { operator, why, visit }: DeskAct,
  ): Promise<CaseOpened> {
    return inTransaction<CaseOpened>(this.em, async () => {
      const matter = account ? lossOf(account) : await this.#matterOf(enrollment!.id);
      if (!matter) return { ok: false };
      const open = await this.cases.openAbout(matter.subject!);
      if (open) return { ok: true, caseNumber: open, isNew: false };
      const caseNumber = await this.cases.open(matter);
      const of = { corporationId: matter.corporationId ?? undefined, visit };
      const facts = { caseNumber, operator, why, ...(account && { target: account.id }) };
      await this.audit.done('case-opening', of, facts);
      return { ok: true, caseNumber, isNew: true };
    });
  }

  async #matterOf(id: string): Promise<Matter | undefined> {
    const held = await holdCase(this.em, { id });
    return held && canBeDismissed(held) ? matterOf('succession', held) : undefined;
  }
}
