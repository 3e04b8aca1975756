import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import { DeskCases } from '../../cases/desk-cases.js';
import { inTransaction } from '../../database/transaction.js';
import { DAY_SECONDS } from '../../durations.js';
import { Limits } from '../../limits/limits.js';
import { EnrollmentMails } from '../../mail/enrollment-mails.js';
import { isUuid } from '../../web/uuid.js';
import type { Visit } from '../../web/visit.js';
import { applicationFacts } from '../case-view.js';
import type { Enrollment } from '../enrollment.entity.js';
import { findCase, holdCase } from '../hold-case.js';

const STATEMENTS = 3;

export type Explained = 'done' | 'case-over' | 'statement-limit';

@Injectable()
export class OwnCase {
  constructor(
    private readonly em: EntityManager,
    private readonly mails: EnrollmentMails,
    private readonly limits: Limits,
    private readonly cases: DeskCases,
    private readonly audit: Audit,
  ) {}

  find(account: string): Promise<Enrollment | undefined> {
    return findCase(this.em, { account });
  }

  /** The page of the case may still be open after the desk ended every sign-in of the newcomer. */
  async standing(id: string | undefined) {
    const enrollment = isUuid(id) ? await findCase(this.em, { id }) : undefined;
    return {
      isDecided: enrollment?.decidedAt != null && !enrollment.isAtDesk,
      canBeWithdrawn: enrollment?.canBeWithdrawn ?? false,
    };
  }

  async explain({ id }: Enrollment, statement: string, visit: Visit): Promise<Explained> {
    return inTransaction<Explained>(this.em, async () => {
      const enrollment = (await holdCase(this.em, { id }))!;
      if (!enrollment.isAtDesk) return 'case-over';
      const key = `statement:${id}`;
      const taken = await this.limits.take({ key, maximum: STATEMENTS, seconds: DAY_SECONDS });
      if (!taken.ok) return 'statement-limit';
      enrollment.explain(statement);
      await this.cases.heard(id, { kind: 'statement', account: enrollment.account });
      await this.mails.statementForDesk(applicationFacts(enrollment), statement);
      const { caseNumber, corporation, account } = enrollment;
      const of = { corporationId: corporation!.id, accountId: account?.id, visit };
      await this.audit.done('newcomer-statement', of, { caseNumber });
      return 'done';
    });
  }
}
