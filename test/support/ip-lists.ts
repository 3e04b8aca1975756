import type { RunningApp } from './app.js';
import type { Corporation, Member } from './people.js';

interface Entry {
  network: string;
  label?: string;
  endsAt?: Date;
}

interface Given {
  author?: Member;
  /** Since when, for lists that follow each other. */
  at?: Date;
  restricts?: boolean;
}

/** A list that was confirmed before the story begins. @returns its id */
export async function listExists(
  { pool }: RunningApp,
  { id }: Corporation,
  entries: (string | Entry)[],
  { author, at, restricts = true }: Given = {},
): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(
    `insert into ip_versions (corporation_id, number, restricts, author_id, author_name,
                              created_at, confirmed_at, confirmed_by, confirmed_by_name)
     select $1, coalesce(max(number), 0) + 1, $2, $3, $4,
            coalesce($5, genkan_now()), coalesce($5, genkan_now()), $3, $4
     from ip_versions where corporation_id = $1 returning id`,
    [id, restricts, author?.id ?? null, author?.name ?? '佐藤 花子', at ?? null],
  );
  const version = rows[0]!.id;
  const given = entries.map((entry) => (typeof entry === 'string' ? { network: entry } : entry));
  await pool.query(
    `insert into ip_entries (version_id, network, label, ends_at)
     select $1, * from unnest($2::cidr[], $3::text[], $4::timestamptz[])`,
    [
      version,
      given.map(({ network }) => network),
      given.map(({ label = '本社' }) => label),
      given.map(({ endsAt }) => endsAt ?? null),
    ],
  );
  return version;
}

/** A list that nobody confirmed yet, for another ten minutes. */
export async function isOnTrial({ pool }: RunningApp, list: string): Promise<void> {
  const begin = `update ip_versions set confirmed_at = null,
                   trial_ends_at = genkan_now() + interval '10 minutes' where id = $1`;
  await pool.query(begin, [list]);
}
