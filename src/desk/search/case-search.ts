import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import type { CaseStage } from '../../admin-enrollment/enrollment.entity.js';
import { stageOf, wasOvertaken } from '../../admin-enrollment/enrollment.schema.js';
import { wordWaits } from '../../cases/desk-case.entity.js';
import { tables } from '../../database/tables.js';
import type { TypedQuery } from './typed-query.js';
import { beginningWith, exactly, idsFoundBy } from './ways-to-find.js';

/** The newest of those that are called the same. */
const OF_DESK_CASES = { table: 'desk_cases', order: sql`opened_at desc` };
/** The enrollments that these are about. */
const OF_REVIEWED = { ...OF_DESK_CASES, id: sql`subject` };
const OF_ENROLLMENTS = { table: 'enrollments', order: sql`created_at desc` };

const WORD_WAITS = sql<boolean | null>`${sql.raw(wordWaits('d'))}`;

/** Cases, by their number and by who asked or applied. */
@Injectable()
export class CaseSearch {
  constructor(private readonly em: EntityManager) {}

  /**
   * What the desk has to do, or had, beside the cases of new administrators.
   * @param people ids of whom the same query found
   */
  async deskCases({ caseNumber, email, name }: TypedQuery, people: string[], limit: number) {
    const ids = await idsFoundBy(
      tables(this.em),
      [
        caseNumber && exactly(OF_DESK_CASES, sql`case_number`, caseNumber),
        email && exactly(OF_DESK_CASES, sql`asker_email_key`, email),
        name &&
          beginningWith(OF_DESK_CASES, sql`search_fold(asker_name)`, sql`search_fold(${name})`),
        name && beginningWith(OF_DESK_CASES, sql`asker_company_key`, sql`company_fold(${name})`),
        people.length > 0
          ? sql`select id from desk_cases where account_id = any(${people}::uuid[])
                order by opened_at desc`
          : undefined,
      ],
      limit,
    );
    const found = await tables(this.em)
      .selectFrom('desk_cases as d')
      .leftJoin('corporations as c', 'c.id', 'd.corporation_id')
      .leftJoin('accounts as a', 'a.id', 'd.account_id')
      .where(sql<boolean>`d.id = any(${ids}::uuid[])`)
      .where('d.kind', 'in', ['lost-factor', 'lock-out', 'ip-restriction', 'question'])
      .select(['d.id', 'd.case_number as caseNumber', 'd.kind', 'd.state'])
      .select(WORD_WAITS.as('isWordWaiting'))
      .select(['d.opened_at as openedAt', 'd.asker_company as typedCompany'])
      .select(['c.id as corporationId', 'c.name as corporationName'])
      .select(sql<string>`coalesce(a.name, d.asker_name)`.as('person'))
      .execute();
    return inOrderOf(ids, found);
  }

  /** Also by an applicant whose account is not there yet, or no more. */
  async enrollments({ caseNumber, email, name, loginId }: TypedQuery, limit: number) {
    const ids = await idsFoundBy(
      tables(this.em),
      [
        caseNumber && exactly(OF_ENROLLMENTS, sql`case_number`, caseNumber),
        email && exactly(OF_ENROLLMENTS, sql`lower(applicant_email)`, email),
        // The details of what the desk reviews are sealed.
        email &&
          sql`select subject as id from desk_cases where asker_email_key = ${email}
              and subject is not null order by opened_at desc`,
        loginId && beginningWith(OF_REVIEWED, sql`asker_login_key`, sql`${loginId}::text`),
        name && beginningWith(OF_REVIEWED, sql`search_fold(asker_kana)`, sql`search_fold(${name})`),
        name &&
          beginningWith(OF_ENROLLMENTS, sql`search_fold(applicant)`, sql`search_fold(${name})`),
      ],
      limit,
    );
    const stage = sql.raw<CaseStage>(stageOf('e'));
    const found = await tables(this.em)
      .selectFrom('enrollments as e')
      .leftJoin('corporations as c', 'c.id', 'e.corporation_id')
      .leftJoin('desk_cases as d', 'd.case_number', 'e.case_number')
      .where(sql<boolean>`e.id = any(${ids}::uuid[])`)
      .select(['e.id', 'e.case_number as caseNumber', 'e.applicant', 'e.created_at as appliedAt'])
      .select(['c.id as corporationId', 'c.name as corporationName', stage.as('stage')])
      .select('e.activated_at as activatedAt')
      .select(sql<boolean>`${sql.raw(wasOvertaken('e'))}`.as('hasLost'))
      .leftJoin('appointments as n', (joined) =>
        joined.onRef('n.enrollment_id', '=', 'e.id').on('n.confirmed_at', 'is not', null),
      )
      .select(['e.applicant_email as applicantEmail', 'n.name as namedPerson'])
      .select(['d.case_number as deskCase', WORD_WAITS.as('isWordWaiting')])
      .execute();
    return inOrderOf(ids, found);
  }
}

function inOrderOf<T extends { id: string }>(ids: string[], found: T[]): T[] {
  return found.toSorted((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id));
}
