import { sql } from 'kysely';
import type { tables } from '../../database/tables.js';
import { isLastInvitation } from '../diagnosis/invited-people.js';
import { judged, meantBy, namedIn } from './judged-words.js';
import type { MeantCompanies, MeantCompany } from './meant-companies.js';
import type { TypedQuery } from './typed-query.js';

const OF_EACH = 20;
const COMPANIES = 5;
const OF_COMPANIES = sql.lit(200);

/**
 * The last invitations to an address, or to people of whom each word is a part of the name or kana, of the
 * company's name, or its number; one word at least is the person's own. As with people who are
 * registered, those who may be meant are looked up by an index, and then judged by all words.
 */
export async function idsOfInvited(
  database: ReturnType<typeof tables>,
  { email, name, words = name ? [name] : [] }: TypedQuery,
  { companies }: MeantCompanies,
  limit: number,
): Promise<string[]> {
  const found = email
    ? sql<{ id: string }>`
        select i.id from invitations i where i.email_key = ${email} and ${isLastInvitation}
        order by i.cancelled_at is not null, i.created_at desc limit ${limit}`
    : byWords(words, companies.slice(0, COMPANIES), limit);
  return words.length > 0 || email ? (await found.execute(database)).rows.map(({ id }) => id) : [];
}

function byWords(words: string[], companies: MeantCompany[], limit: number) {
  const also = sql`p.created_at, p.cancelled_at is not null as is_cancelled`;
  return sql<{ id: string }>`
    with ${meantBy(words, companies)},
    candidates as (
      select i.id from companies m cross join lateral (
        select i.id from invitations i
        where i.corporation_id = m.id and ${isLastInvitation}
        order by i.created_at desc limit ${OF_COMPANIES}) i
      union ${namedIn(sql`invitations i where ${isLastInvitation}`, OF_EACH)})
    ${judged('invitations', also, sql`false`, sql`p.is_cancelled, p.created_at desc`)}
    limit ${limit}`;
}
