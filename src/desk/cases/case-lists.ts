import { EntityManager, type FilterQuery } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { ReviewList } from '../../admin-enrollment/applications/review-list.js';
import { Enrollment } from '../../admin-enrollment/enrollment.entity.js';
import { answerIsLost, DeskCase, isNewsOf } from '../../cases/desk-case.entity.js';
import { dayInJapan } from '../../cases/opening-hours.js';
import { databaseNow } from '../../database/clock.js';
import { tables } from '../../database/tables.js';
import { DAY_MS } from '../../durations.js';
import type { CaseFilter } from './case-filter.js';
import { caseRow, type CaseRow } from './case-list-view.js';

export const CASES_A_PAGE = 30;
const SHOWN_OF_COMPANY = 10;
const ANSWER_IS_LOST = sql.raw(answerIsLost('desk_cases'));
const HAS_NEWS = sql.raw(isNewsOf('desk_cases'));

/** Of the open ones. */
interface CaseCounts {
  overdue: number;
  today: number;
  fresh: number;
  /** Of these, questions of people who were not signed in. */
  strangers: number;
  /** Their answer did not arrive. */
  lost: number;
  /** A party spoke, and nobody of the desk did anything since. */
  heard: number;
  mine: number;
  open: number;
}

/** What is due first comes first, but that a crowd of strangers stands behind the others of its day. */
const URGENT_FIRST = [
  { isDueLater: 'asc' },
  { isOfCrowd: 'asc' },
  { dueAt: 'asc' },
  { isOfStranger: 'asc' },
  { id: 'asc' },
] as const;

const OF_SOMEBODY = {
  populate: ['assignee', 'account'],
  orderBy: { closedAt: 'desc nulls first', openedAt: 'desc' },
  limit: SHOWN_OF_COMPANY,
} as const;

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
  ): Promise<{ cases: CaseRow[]; total: number; setAside: number }> {
    const setAside = await this.reviews.setAside();
    const now = await databaseNow(this.em);
    const where = conditionOf(filter, me, now, filter.all ? [] : setAside);
    const [found, total] = await this.em.findAndCount(DeskCase, where, {
      populate: ['corporation', 'assignee', 'account'],
      orderBy: filter.state === 'done' ? { closedAt: 'desc' } : [...URGENT_FIRST],
      limit: CASES_A_PAGE,
      offset: (filter.page - 1) * CASES_A_PAGE,
    });
    return { cases: await this.#rows(found), total, setAside: setAside.length };
  }

  /** Of the open ones. @param condition that narrows them */
  async mostUrgent(most: number, condition: FilterQuery<DeskCase> = {}): Promise<CaseRow[]> {
    const setAside = await this.reviews.setAside();
    const open = { $and: [{ state: { $ne: 'done' as const } }, isShown(setAside), condition] };
    const found = await this.em.find(DeskCase, open, {
      populate: ['corporation', 'assignee', 'account'],
      orderBy: [...URGENT_FIRST],
      limit: most,
    });
    return this.#rows(found);
  }

  /** Open questions of these numbers, for nothing else is closed together. */
  async questions(caseNumbers: string[]): Promise<CaseRow[]> {
    const open = {
      caseNumber: { $in: caseNumbers },
      subject: null,
      state: { $ne: 'done' },
    } as const;
    const populate = ['corporation', 'assignee', 'account'] as const;
    const found = await this.em.find(DeskCase, open, { populate, orderBy: [...URGENT_FIRST] });
    return this.#rows(found);
  }

  /** Those of a company that are not done, and then the last ones that are. */
  async ofCorporation(corporation: string): Promise<CaseRow[]> {
    const found = await this.em.find(DeskCase, { corporation }, OF_SOMEBODY);
    return this.#rows(found);
  }

  /** The same of a person: whose factor is lost, who asked, and who applied. */
  async ofAccount(account: string): Promise<CaseRow[]> {
    const own = await this.em.find(Enrollment, { account }, { fields: ['id'] });
    const subjects = own.map(({ id }) => id);
    const theirs = { $or: [{ account }, { subject: { $in: subjects } }] };
    const found = await this.em.find(DeskCase, theirs, OF_SOMEBODY);
    return this.#rows(found);
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
        sql<number>`(count(*) filter (where state = 'new' and subject is null
                                      and corporation_id is null))::int`.as('strangers'),
        sql<number>`(count(*) filter (where ${ANSWER_IS_LOST}))::int`.as('lost'),
        sql<number>`(count(*) filter (where ${HAS_NEWS}))::int`.as('heard'),
        sql<number>`(count(*) filter (where assignee_id = ${me}))::int`.as('mine'),
        sql<number>`count(*)::int`.as('open'),
      ])
      .executeTakeFirstOrThrow();
  }

  async #rows(cases: DeskCase[]): Promise<CaseRow[]> {
    const subjects = cases.flatMap(({ subject }) => subject ?? []);
    const found = await this.em.find(
      Enrollment,
      { id: { $in: subjects } },
      { fields: ['id', 'applicant'] },
    );
    const names = new Map(found.map(({ id, applicant }) => [id, applicant]));
    const now = await databaseNow(this.em);
    return cases.map((each) => caseRow(each, names.get(each.subject ?? '') ?? '', now));
  }
}

function conditionOf(
  filter: CaseFilter,
  me: string,
  now: Date,
  setAside: string[],
): FilterQuery<DeskCase> {
  const { state, kind, who, due, asker, answer, news } = filter;
  return {
    state: state === '' ? { $ne: 'done' } : state,
    ...isShown(setAside),
    ...(asker !== '' && { isOfStranger: asker === 'stranger' }),
    ...(asker === 'signed-in' && { subject: null }),
    ...(answer !== '' && { isAnswerLost: true }),
    ...(news !== '' && { hasNews: true }),
    ...(kind !== '' && { kind }),
    ...(who !== '' && { assignee: who === 'mine' ? me : null }),
    ...(due === 'overdue' && { dueAt: { $lt: now } }),
    ...(due === 'today' && { dueAt: { $gte: now }, isDueLater: false }),
  };
}

/** It is no review of a flood. */
function isShown(setAside: string[]): object {
  return setAside.length > 0 ? { $or: [{ subject: null }, { subject: { $nin: setAside } }] } : {};
}

function endOfToday(now: Date): Date {
  return new Date(Date.parse(`${dayInJapan(now)}T00:00:00+09:00`) + DAY_MS);
}
