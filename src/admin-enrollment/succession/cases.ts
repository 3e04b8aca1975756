import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { Task } from '../../accounts/task.js';
import { sql } from '../../database/sql.js';
import { say } from '../../web/sentence.js';
import type { Person } from '../../web/visit.js';
import { findCase, type CaseFacts } from './case-facts.js';
import { ObjectionLinks } from './objection-links.js';

export interface CompanyCase {
  facts: CaseFacts;
  /** The person was an administrator before the newcomer, and time is left to decide. */
  mayDecide: boolean;
  objected: boolean;
}

/** The cases of a company, for its administrators. */
@Injectable()
export class Cases {
  constructor(
    private readonly em: EntityManager,
    private readonly links: ObjectionLinks,
  ) {}

  /** Undefined for a case of another company, or one that still waits for its turn. */
  async find(id: string, { accountId, corporationId }: Person): Promise<CompanyCase | undefined> {
    const facts = await findCase(this.em, 'e.id', id);
    if (facts?.corporationId !== corporationId || facts.stage === 'queued') return undefined;
    const link = await this.links.ofSignedIn(id, accountId);
    return {
      facts,
      mayDecide: link?.ok === true,
      objected: link?.ok === true && link.objector.objected,
    };
  }

  /** The newcomers whom this administrator can still approve of or object to. */
  async openTasks({ accountId, corporationId }: Person): Promise<Task[]> {
    const open = await sql<{ id: string; applicant: string; stage: string }>(
      this.em,
      `select e.id, e.applicant, s.stage from enrollments e join enrollment_stages s on s.id = e.id
       where e.corporation_id = $1 and e.kind = 'succession'
         and s.stage in ('awaiting-activation', 'held', 'probation', 'objected')
         and is_witness(e.id, $2)`,
      [corporationId, accountId],
    );
    return open.map(({ id, applicant, stage }) => ({
      sentence:
        stage === 'objected'
          ? say('{name} 様の追加登録への異議申し立てを、担当窓口が確認しています。', {
              name: applicant,
            })
          : say('{name} 様が管理者として追加登録されました。内容をご確認ください。', {
              name: applicant,
            }),
      path: `/admin-enrollment/cases/${id}`,
    }));
  }
}
