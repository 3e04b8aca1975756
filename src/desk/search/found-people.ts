import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import type { CaseStage } from '../../admin-enrollment/enrollment.entity.js';
import { stageOf, wasOvertaken } from '../../admin-enrollment/enrollment.schema.js';
import { tables } from '../../database/tables.js';
import type { AccountState } from '../../identity/account-states.js';

const STAGE = sql.raw<CaseStage | null>(stageOf('e'));
/** As `ActivationMails.hasLost`, or its time ran out meanwhile. */
const HAS_LOST = sql<boolean>`(${sql.raw(wasOvertaken('e'))} or e.kind = 'initial'
  and a.password_hash <> ''
  and exists (select from usable_administrators u where u.corporation_id = a.corporation_id))`;

/** People as the search shows them; of unfinished registrations with what tells those of one person apart. */
@Injectable()
export class FoundPeople {
  constructor(private readonly em: EntityManager) {}

  /** In the order of the ids, but registrations that cannot be finished any more come last. */
  async of(ids: string[]) {
    if (ids.length === 0) return [];
    const found = await tables(this.em)
      .selectFrom('accounts as a')
      .innerJoin('corporations as c', 'c.id', 'a.corporation_id')
      .leftJoin('enrollments as e', (joined) =>
        joined.onRef('e.account_id', '=', 'a.id').on('a.state', '=', 'registered'),
      )
      .where('a.id', 'in', ids)
      .select(['a.id', 'a.name', 'a.name_kana as nameKana', 'a.login_id as loginId', 'a.role'])
      .select(['c.name as corporationName', 'c.corporate_number as corporateNumber'])
      .select(sql<AccountState>`account_state_now(a.state, a.held_until)`.as('state'))
      .select(['e.case_number as caseNumber', 'e.created_at as appliedAt', 'a.email'])
      .select(['e.applicant_email as applicantEmail', STAGE.as('stage')])
      .select('e.activated_at as activatedAt')
      .select(sql<string | null>`null`.as('namedPerson'))
      .select(HAS_LOST.as('hasLost'))
      .execute();
    const people = found.map(({ stage, hasLost, ...person }) => ({
      ...person,
      application: stage && { stage, hasLost, isOver: hasLost || isEnd(stage) },
    }));
    const place = ({ id, application }: (typeof people)[number]) =>
      ids.indexOf(id) + (application?.isOver ? ids.length : 0);
    return people.toSorted((one, other) => place(one) - place(other));
  }
}

function isEnd(stage: CaseStage): boolean {
  return ['withdrawn', 'expired', 'refused'].includes(stage);
}
