import { sql, type RawBuilder } from 'kysely';
import type { Act } from '../../audit/acts.js';
import type { Reason } from '../../audit/reasons.js';

/** A row of the log with the names of those whom it speaks of, as they were at that time. */
export interface NamedEntry {
  id: string;
  /** UTC, with all six digits of the second's fraction. */
  at: string;
  corporationId: string | null;
  accountId: string | null;
  act: Act;
  reason: Reason;
  address: string | null;
  requestId: string | null;
  facts: Record<string, string | number | boolean>;
  /** Null where nobody was signed in, or the account is gone; '' for somebody who was anonymised. */
  actorName: string | null;
  actorLoginId: string | null;
  subjectName: string | null;
  /** Of the list of addresses that it is about. */
  listNumber: number | null;
  /** In the desk's log alone; null for what concerns no company. */
  corporationName?: string | null;
  corporateNumber?: string | null;
}

const UUID = `'^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'`;
const idIn = (fact: string) =>
  `case when e.facts ->> '${fact}' ~ ${UUID} then (e.facts ->> '${fact}')::uuid end`;
const nameThen = (account: string) => `
  coalesce((select f.name from former_names f
            where f.account_id = ${account}.id and f.until >= e.at order by f.until limit 1),
           ${account}.name)`;
const ofActor = (column: string) => `
  (select ${column} from accounts actor where actor.id = e.account_id
     and (e.corporation_id is null or actor.corporation_id = e.corporation_id))`;

/**
 * Of rows `e` of the log: what does not stand in the rows themselves, and nothing of another company
 * than the row's. Look-ups one by one, because to plan them as joins took longer than to read a page.
 */
export const NAMED_ONLY = `
  ${ofActor(nameThen('actor'))} as "actorName", ${ofActor('actor.login_id')} as "actorLoginId",
  coalesce(
    (select ${nameThen('target')} from accounts target
     where target.id = ${idIn('target')} and target.corporation_id = e.corporation_id),
    (select coalesce((select ${nameThen('registered')} from accounts registered
                      where registered.id = invited.account_id), invited.name)
     from invitations invited
     where invited.id = ${idIn('invitation')} and invited.corporation_id = e.corporation_id),
    (select ${nameThen('asking')} from ip_requests request
     join accounts asking on asking.id = request.account_id
     where request.id = ${idIn('target')} and request.corporation_id = e.corporation_id)
  ) as "subjectName",
  (select list.number from ip_versions list
   where list.id = ${idIn('version')} and list.corporation_id = e.corporation_id) as "listNumber"`;

const NAMED_COLUMNS = `
  e.id, to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at,
  e.corporation_id as "corporationId", e.account_id as "accountId", e.act, e.reason, host(e.address) as address,
  e.request_id as "requestId", e.facts, ${NAMED_ONLY}`;

/**
 * @param rows of the log, all their columns
 * @param order of rows `e`
 */
export function namedEntries(
  rows: RawBuilder<unknown>,
  order: RawBuilder<unknown>,
  { withCompany = false } = {},
): RawBuilder<NamedEntry> {
  const columns = withCompany ? NAMED_COLUMNS + COMPANY_COLUMNS : NAMED_COLUMNS;
  const company = withCompany ? COMPANIES : '';
  return sql<NamedEntry>`
    select ${sql.raw(columns)} from (${rows}) e ${sql.raw(company)} ${order}`;
}

const COMPANY_COLUMNS = `,
  company.name as "corporationName", company.corporate_number as "corporateNumber"`;
const COMPANIES = `
  left join corporations company on company.id = e.corporation_id`;
