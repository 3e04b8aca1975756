import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { sql } from '../../database/sql.js';
import { findCase, type CaseFacts, type Stage } from './case-facts.js';

export interface OpenCase {
  caseNumber: string;
  stage: Stage;
  corporateNumber: string;
  corporationName: string;
  applicant: string;
  startedAt: Date;
  /** How many administrators the mails reached that tell of the case, of how many. */
  told: number;
  administrators: number;
  /** How many of them objected. */
  objections: number;
}

/** An administrator who was there before: whether the mail about the case arrived, and what they say. */
export interface WitnessReport {
  name: string;
  state: string;
  delivery: string | null;
  serverAnswer: string | null;
  objectedAt: Date | null;
  statement: string | null;
}

export interface ActReport {
  at: Date;
  actor: string;
  act: string;
  target: string;
  undone: boolean;
}

/** The successions as the desk sees them: with both sides' facts. */
@Injectable()
export class DeskCases {
  constructor(private readonly em: EntityManager) {}

  /**
   * Cases that nobody decided yet, those that were objected to first, also after their time. A
   * bounced mail told nobody.
   */
  async open(): Promise<OpenCase[]> {
    return sql<OpenCase>(
      this.em,
      `select e.case_number as "caseNumber", s.stage, e.corporate_number as "corporateNumber",
              c.name as "corporationName", e.applicant, e.started_at as "startedAt",
              count(distinct o.account_id) filter (where d.state = 'handed-over')::int as told,
              count(distinct o.account_id)::int as administrators,
              count(o.objected_at)::int as objections
       from enrollments e
       join enrollment_stages s on s.id = e.id
       join corporations c on c.id = e.corporation_id
       left join objections o on o.enrollment_id = e.id
       left join mail_deliveries d on d.id = o.delivery_id
       where e.kind = 'succession'
         and s.stage in ('objected', 'queued', 'awaiting-activation', 'held', 'probation', 'completed')
       group by e.id, s.stage, c.name
       having s.stage <> 'completed' or count(o.objected_at) > 0
       order by count(o.objected_at) > 0 desc, e.started_at`,
    );
  }

  async find(
    caseNumber: string,
  ): Promise<{ facts: CaseFacts; witnesses: WitnessReport[]; acts: ActReport[] } | undefined> {
    const facts = await findCase(this.em, 'e.case_number', caseNumber);
    if (!facts) return undefined;
    const witnesses = await sql<WitnessReport>(
      this.em,
      `select a.name, a.state, d.state as delivery, d.server_answer as "serverAnswer",
              o.objected_at as "objectedAt", o.statement
       from (select account_id, max(objected_at) as objected_at, max(statement) as statement,
                    (array_agg(delivery_id) filter (where delivery_id is not null))[1] as delivery_id
             from objections where enrollment_id = $1 group by account_id) o
       join accounts a on a.id = o.account_id
       left join mail_deliveries d on d.id = o.delivery_id
       order by a.created_at`,
      [facts.id],
    );
    const acts = await sql<ActReport>(
      this.em,
      `select p.at, actor.name as actor, p.act, target.name as target,
              p.undone_at is not null as undone
       from probation_acts p join accounts actor on actor.id = p.actor_id
       join accounts target on target.id = p.target_id
       where p.enrollment_id = $1 order by p.id`,
      [facts.id],
    );
    return { facts, witnesses, acts };
  }
}
