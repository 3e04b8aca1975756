import { sql, type RawBuilder, type SqlBool } from 'kysely';

/** A key of the name, the kana, or a login ID that is no mail address. */
export function isShownKey(key: 'k' | 'e'): RawBuilder<SqlBool> {
  const [text, owner] = [sql.ref(`${key}.key`), sql.ref(`${key}.account_id`)];
  return sql`exists (
    select from accounts a where a.id = ${owner}
      and (strpos(search_fold(a.name), ${text}) > 0 or strpos(search_fold(a.name_kana), ${text}) > 0
        or (strpos(a.login_id, '@') = 0 and strpos(search_fold(a.login_id), ${text}) > 0)))`;
}
