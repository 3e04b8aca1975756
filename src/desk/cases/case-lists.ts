import { EntityManager, type FilterQuery } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { ReviewList } from '../../admin-enrollment/applications/review-list.js';
import { Enrollment } from '../../admin-enrollment/enrollment.entity.js';
import { DeskCase } from '../../cases/desk-case.entity.js';
import { dayInJapan } from '../../cases/opening-hours.js';
import { databaseNow } from '../../database/clock.js';
import { tables } from '../../database/tables.js';
import { DAY_MS } from '../../durations.js';
import type { CaseFilter } from './case-filter.js';

export const CASES_A_PAGE = 30;
const SHOWN_OF_COMPANY = 10;

/** Of the open ones. */
export interface CaseCounts {
  overdue: number;
  today: number;
  fresh: number;
  mine: number;
  open: number;
}

export interface ListedCase {
  deskCase: DeskCase;
  /** Who applied; '' for cases that are about something else. */
  applicant: string;
}

/** The desk's cases, those that are due first on top. */
@Injectable()
export class CaseLists {
  constructor(
    private readonly em: EntityManager,
    private readonly reviews: ReviewList,
  ) {}

  async page(
    filter: CaseFilter,
    me: string,
  ): Promise<{ cases: ListedCase[]; total: number; setAside: number }> {
    const setAside = await this.reviews.setAside();
    const now = await databaseNow(this.em);
    const where = conditionOf(filter, me, now, filter.all ? [] : setAside);
    const [found, total] = await this.em.findAndCount(DeskCase, where, {
      populate: ['corporation', 'assignee', 'account'],
      orderBy: filter.state === 'done' ? { closedAt: 'desc' } : { dueAt: 'asc', id: 'asc' },
      limit: CASES_A_PAGE,
      offset: (filter.page - 1) * CASES_A_PAGE,
    });
    return { cases: await this.#withApplicants(found), total, setAside: setAside.length };
  }

  /** Those of a company that are not done, and then the last ones that are. */
  async ofCorporation(corporation: string): Promise<{ listed: ListedCase[]; now: Date }> {
    const found = await this.em.find(
      DeskCase,
      { corporation },
      {
        populate: ['assignee', 'account'],
        orderBy: { closedAt: 'desc nulls first', openedAt: 'desc' },
        limit: SHOWN_OF_COMPANY,
      },
    );
    return { listed: await this.#withApplicants(found), now: await databaseNow(this.em) };
  }

  /** The same of a person: whose factor is lost, who asked, and who applied. */
  async ofAccount(account: string): Promise<{ listed: ListedCase[]; now: Date }> {
    const own = await this.em.find(Enrollment, { account }, { fields: ['id'] });
    const subjects = own.map(({ id }) => id);
    const found = await this.em.find(
      DeskCase,
      { $or: [{ account }, { subject: { $in: subjects } }] },
      {
        populate: ['assignee', 'account'],
        orderBy: { closedAt: 'desc nulls first', openedAt: 'desc' },
        limit: SHOWN_OF_COMPANY,
      },
    );
    return { listed: await this.#withApplicants(found), now: await databaseNow(this.em) };
  }

  async counts(me: string | null): Promise<CaseCounts> {
    const end = endOfToday(await databaseNow(this.em));
    const setAside = await this.reviews.setAside();
    return tables(this.em)
      .selectFrom('desk_cases')
      .where('state', '<>', 'done')
      .where(sql<boolean>`not coalesce(subject = any(${setAside}::uuid[]), false)`)
      .select([
        sql<number>`(count(*) filter (where due_at < genkan_now()))::int`.as('overdue'),
        sql<number>`(count(*) filter (where due_at >= genkan_now() and due_at < ${end}))::int`.as(
          'today',
        ),
        sql<number>`(count(*) filter (where state = 'new'))::int`.as('fresh'),
        sql<number>`(count(*) filter (where assignee_id = ${me}))::int`.as('mine'),
        sql<number>`count(*)::int`.as('open'),
      ])
      .executeTakeFirstOrThrow();
  }

  async #withApplicants(cases: DeskCase[]): Promise<ListedCase[]> {
    const subjects = cases.flatMap(({ subject }) => subject ?? []);
    const found = await this.em.find(
      Enrollment,
      { id: { $in: subjects } },
      { fields: ['id', 'applicant'] },
    );
    const names = new Map(found.map(({ id, applicant }) => [id, applicant]));
    return cases.map((deskCase) => ({
      deskCase,
      applicant: names.get(deskCase.subject ?? '') ?? '',
    }));
  }
}

function conditionOf(
  filter: CaseFilter,
  me: string,
  now: Date,
  setAside: string[],
): FilterQuery<DeskCase> {
  const { state, kind, who, due } = filter;
  return {
    state: state === '' ? { $ne: 'done' } : state,
    ...(setAside.length > 0 && { $or: [{ subject: null }, { subject: { $nin: setAside } }] }),
    ...(kind !== '' && { kind }),
    ...(who !== '' && { assignee: who === 'mine' ? me : null }),
    ...(due === 'overdue' && { dueAt: { $lt: now } }),
    ...(due === 'today' && { dueAt: { $gte: now, $lt: endOfToday(now) } }),
  };
}

export function endOfToday(now: Date): Date {
  return new Date(Date.parse(`${dayInJapan(now)}T00:00:00+09:00`) + DAY_MS);
}
