import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { sql, type RawBuilder, type SqlBool } from 'kysely';
import { RefusedRequest } from '../../audit/refused-request.entity.js';
import { Corporation } from '../../corporations/corporation.entity.js';
import { tables } from '../../database/tables.js';
import { namedEntries } from '../../log/lines/named-entries.js';
import { cleanCorporateNumber } from '../../corporations/numbers.js';
import { InvitedPeople } from '../diagnosis/invited-people.js';
import { CaseSearch } from './case-search.js';
import { FoundPeople } from './found-people.js';
import { idsOfCompanies } from './ids-of-companies.js';
import { idsOfInvited } from './ids-of-invited.js';
import { idsOfAdministrators, idsOfPeople } from './ids-of-people.js';
import { meantCompanies, type MeantCompanies } from './meant-companies.js';
import { withAnyZeros } from '../../corporations/leading-zeros.js';
import { readQuery, type TypedQuery } from './typed-query.js';

export const SHOWN = 10;

/** At least as many would-be keys as people are shown, for each of the ways to be found. */
const READ = SHOWN + 1;

export interface SearchResult {
  corporations: Awaited<ReturnType<DeskSearch['corporations']>>;
  /** It stands in the line, and no company has it. */
  unknownNumber: string | undefined;
  /** The line names somebody who is nowhere, beside a company. */
  isPersonUnknown: boolean;
  /** Of that one. */
  administrators: Awaited<ReturnType<FoundPeople['of']>>;
  people: Awaited<ReturnType<FoundPeople['of']>>;
  deskCases: Awaited<ReturnType<CaseSearch['deskCases']>>;
  cases: Awaited<ReturnType<CaseSearch['enrollments']>>;
  refused: Awaited<ReturnType<DeskSearch['refused']>>;
  outcomes: Awaited<ReturnType<DeskSearch['outcomes']>>;
  mails: Awaited<ReturnType<DeskSearch['mails']>>;
  invitations: Awaited<ReturnType<InvitedPeople['of']>>;
}

/** One box for everything, everywhere. Each group ends after the first few, and says that there are more. */
@Injectable()
export class DeskSearch {
  constructor(
    private readonly em: EntityManager,
    private readonly cases: CaseSearch,
    private readonly invited: InvitedPeople,
    private readonly found: FoundPeople,
  ) {}

  /** Where the line as a whole means nothing, what is beside the company in it is looked for alone. */
  async find(query: TypedQuery): Promise<SearchResult> {
    const meant = await meantCompanies(tables(this.em), query.words, READ);
    const whole = await this.#findWhole(query, meant);
    if (isAnybody(whole) || whole.corporations.length > 0) return whole;
    if (!query.words || query.telephone) return whole;
    const { surest: ids, rest, names } = meant;
    const [unknownNumber] = rest.map(cleanCorporateNumber).filter(isNumber);
    const others = rest.filter((word) => !isNumber(cleanCorporateNumber(word)));
    const nothing = { ...whole, unknownNumber };
    const corporations = await this.corporations({}, ids);
    if (others.length === 0) return unknownNumber ? { ...nothing, corporations } : nothing;
    if (others.length === query.words.length) return nothing;
    const left = readQuery(others.join(' '));
    const leftMeant = await meantCompanies(tables(this.em), left.words, READ);
    const beside = await this.#findWhole(left, leftMeant, corporations);
    if (isAnybody(beside)) return { ...beside, unknownNumber };
    if (ids.length === 0 || !names) return nothing;
    const administrators =
      ids.length === 1 ? await idsOfAdministrators(tables(this.em), ids[0]!, READ) : [];
    return {
      ...nothing,
      corporations,
      isPersonUnknown: true,
      administrators: await this.found.of(administrators),
    };
  }

  /** @param known companies, where they are looked for no more */
  async #findWhole(
    query: TypedQuery,
    meant: MeantCompanies,
    known?: SearchResult['corporations'],
  ): Promise<SearchResult> {
    const refused = await this.refused(query);
    const behind = await this.invited.behind(
      refused.flatMap(({ invitationId }) => invitationId ?? []),
    );
    const people = [
      ...refused.flatMap(({ accountId }) => accountId ?? []),
      ...behind.people,
      ...(await idsOfPeople(tables(this.em), query, meant, READ)),
    ];
    const invited = [
      ...behind.invitations,
      ...(await idsOfInvited(tables(this.em), query, meant, READ)),
    ];
    const companies = known ? [] : await idsOfCompanies(tables(this.em), query, READ);
    return {
      corporations: known ?? (await this.corporations(query, companies)),
      unknownNumber: undefined,
      isPersonUnknown: false,
      administrators: [],
      people: await this.found.of(people),
      deskCases: await this.cases.deskCases(query, people, READ),
      cases: await this.cases.enrollments(query, READ),
      refused,
      outcomes: await this.outcomes(query),
      mails: await this.mails(query),
      invitations: await this.invited.of(invited),
    };
  }

  async corporations({ corporateNumber, email }: Partial<TypedQuery>, ids: string[]) {
    const conditions = [
      ...(corporateNumber ? [isNumbered(corporateNumber)] : []),
      ...(ids.length > 0 ? [sql<SqlBool>`c.id = any(${ids}::uuid[])`] : []),
      ...(email ? [isBilledAt(email)] : []),
    ];
    if (conditions.length === 0) return [];
    return tables(this.em)
      .selectFrom('corporations as c')
      .where(({ or }) => or(conditions))
      .select(['c.id', 'c.corporate_number as corporateNumber', 'c.name', 'c.state'])
      .orderBy('c.corporate_number')
      .limit(READ)
      .execute();
  }

  /** Which error page shows the number. */
  async refused({ requestNumber: requestId }: TypedQuery): Promise<RefusedRequest[]> {
    return requestId ? this.em.find(RefusedRequest, { requestId }) : [];
  }

  /** What happened at the request that an error page names. */
  async outcomes({ requestNumber }: TypedQuery) {
    if (!requestNumber) return [];
    const order = sql`order by e.id`;
    const rows = sql`
      select e.* from audit_entries e where e.request_id = ${requestNumber} ${order} limit ${READ}`;
    const found = await namedEntries(rows, order).execute(tables(this.em));
    const id = found.rows.flatMap(({ corporationId }) => corporationId ?? []);
    const corporations = await this.em.find(Corporation, { id }, { fields: ['name'] });
    const names = new Map(corporations.map((each) => [each.id, each.name]));
    return found.rows.map((entry) => ({
      entry,
      corporationName: names.get(entry.corporationId ?? '') ?? null,
    }));
  }

  async mails({ email }: TypedQuery) {
    if (!email) return [];
    return tables(this.em)
      .selectFrom('mail_deliveries as d')
      .where(sql<string>`lower(d.recipient)`, '=', email)
      .select(['d.kind', 'd.state', 'd.server_answer as serverAnswer', 'd.created_at as createdAt'])
      .select('d.account_id as accountId')
      .orderBy('d.created_at', 'desc')
      .limit(READ)
      .execute();
  }
}

function isAnybody({ people, deskCases, cases, invitations, ...of }: SearchResult): boolean {
  const groups = [people, deskCases, cases, invitations, of.refused, of.outcomes, of.mails];
  return groups.some(({ length }) => length > 0);
}

function isNumber(word: string): boolean {
  return /^\d{1,13}$/.test(word);
}

function isNumbered(corporateNumber: string): RawBuilder<SqlBool> {
  return sql`c.corporate_number = any(${withAnyZeros(corporateNumber)}::text[])`;
}

function isBilledAt(email: string): RawBuilder<SqlBool> {
  return sql`(split_part(lower(c.billing_email), '@', 2) = split_part(${email}, '@', 2)
              and lower(c.billing_email) = ${email})`;
}
