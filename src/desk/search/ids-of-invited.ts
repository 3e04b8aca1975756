import { sql } from 'kysely';
import type { tables } from '../../database/tables.js';
import { isOpenInvitation } from '../diagnosis/invited-people.js';
import { judged, meantBy, namedIn } from './judged-words.js';
import type { TypedQuery } from './typed-query.js';

const OF_EACH = 20;
const COMPANIES = 5;
const OF_COMPANIES = sql.lit(200);

/**
 * Open invitations to an address, or to people of whom each word is a part of the name or kana, of the
 * company's name, or its number; one word at least is the person's own. As with people who are
 * registered, those who may be meant are looked up by an index, and then judged by all words.
 */
export async function idsOfInvited(
  database: ReturnType<typeof tables>,
  { email, name, words = name ? [name] : [] }: TypedQuery,
  limit: number,
): Promise<string[]> {
  const found = email
    ? sql<{ id: string }>`
        select i.id from invitations i where i.email_key = ${email} and ${isOpenInvitation}
        order by i.created_at desc limit ${limit}`
    : byWords(words, limit);
  return words.length > 0 || email ? (await found.execute(database)).rows.map(({ id }) => id) : [];
}

function byWords(words: string[], limit: number) {
  return sql<{ id: string }>`
    with ${meantBy(words, COMPANIES)},
    candidates as (
      select i.id from companies m cross join lateral (
        select i.id from invitations i
        where i.corporation_id = m.id and ${isOpenInvitation} limit ${OF_COMPANIES}) i
      union ${namedIn(sql`invitations i where ${isOpenInvitation}`, OF_EACH)})
    ${judged('invitations', sql`p.created_at`, sql`false`, sql`p.created_at desc`)}
    limit ${limit}`;
}
