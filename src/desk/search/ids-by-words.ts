import { sql } from 'kysely';
import type { tables } from '../../database/tables.js';
import { judged, meantBy, namedIn } from './judged-words.js';
import type { MeantCompanies } from './meant-companies.js';
import { LAST } from './ways-to-find.js';

/** As account_search_keys are written. */
const LONGEST_KEY = 40;

/** Of each way to somebody so many are looked at: more are no name. */
const OF_EACH = 10;
const OF_COMPANIES = sql.lit(60);

/**
 * People of whom each word is a part of the name or kana, the beginning of the login ID, or a part of the
 * company's name or its number; one word at least is the person's own. Whoever is asked about is looked
 * up by an index, and then judged by all words: by a login ID, by a name in a company that a word
 * means, or by words that are one name together.
 */
export async function idsByWords(
  database: ReturnType<typeof tables>,
  words: string[],
  { companies }: MeantCompanies,
  limit: number,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with ${meantBy(words, companies)},
    own as (
      select k.account_id as id from companies m
      cross join line l
      cross join lateral (
        select account_id from account_search_keys
        where corporation_id = m.id
          and state in ('registered', 'active', 'suspended', 'deleted')
          and role in ('administrator', 'staff')
          and key >= left(l.key, ${LONGEST_KEY}) and key < left(l.key, ${LONGEST_KEY}) || ${LAST}
        limit ${sql.lit(OF_EACH)}) k
      where m.words & l.bit = 0
      limit ${OF_COMPANIES}),
    candidates as (
      select id from own
      union select a.id from line l, lateral (
        select id from accounts where login_id_key collate "C" >= l.login
          and login_id_key collate "C" < l.login || ${LAST}
        order by login_id_key collate "C" limit ${sql.lit(OF_EACH)}) a
      union ${namedIn(sql`accounts where true`, OF_EACH)})
    ${judged('accounts', sql`p.login_id_key as login`, sql`starts_with(p.login, l.login)`, sql`p.id`)}
    limit ${limit}`.execute(database);
  return rows.map(({ id }) => id);
}
