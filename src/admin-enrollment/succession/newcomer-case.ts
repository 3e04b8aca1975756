import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import { sql } from '../../database/sql.js';
import { inTransaction } from '../../database/transaction.js';
import { DAY_SECONDS } from '../../durations.js';
import { Limits } from '../../limits/limits.js';
import { EnrollmentMails } from '../../mail/enrollment-mails.js';
import type { Visit } from '../../web/visit.js';
import { applicationFacts, findCase, type CaseFacts } from './case-facts.js';
import { Succession } from './succession.js';

const STATEMENTS = 3;

export type Explained = 'done' | 'case-over' | 'statement-limit';

/** What a newcomer can still do who may not sign in: take the application back, or explain it. */
@Injectable()
export class NewcomerCase {
  constructor(
    private readonly em: EntityManager,
    private readonly succession: Succession,
    private readonly mails: EnrollmentMails,
    private readonly limits: Limits,
    private readonly audit: Audit,
  ) {}

  find(accountId: string): Promise<CaseFacts | undefined> {
    return findCase(this.em, 'e.account_id', accountId);
  }

  withdraw({ id }: CaseFacts, visit: Visit): Promise<boolean> {
    return this.succession.withdraw(id, visit);
  }

  /** The newcomer's side of an objection, for the desk. */
  async explain(facts: CaseFacts, statement: string, visit: Visit): Promise<Explained> {
    const { id, caseNumber, corporationId, accountId } = facts;
    if (facts.stage !== 'objected') return 'case-over';
    const key = `statement:${id}`;
    const taken = await this.limits.take({ key, maximum: STATEMENTS, seconds: DAY_SECONDS });
    if (!taken.ok) return 'statement-limit';
    await inTransaction(this.em, async () => {
      await sql(
        this.em,
        `update enrollments set newcomer_statement = concat_ws(E'\\n\\n', newcomer_statement, $2::text)
         where id = $1`,
        [id, statement],
      );
      await this.mails.statementForDesk(applicationFacts(facts), statement);
      const entry = { act: 'newcomer-statement', reason: 'done', corporationId, visit } as const;
      await this.audit.record({ ...entry, accountId: accountId!, facts: { caseNumber } });
    });
    return 'done';
  }
}
