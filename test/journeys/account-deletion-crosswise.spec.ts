import { Deletion } from '../../src/accounts/members/deletion.js';
import { Suspension } from '../../src/accounts/members/suspension.js';
import type { SignedIn } from '../../src/auth/sessions/sessions.js';
import type { Visit } from '../../src/web/visit.js';
import { startApp, type RunningApp } from '../support/app.js';
import { companyExists, signedIn } from '../support/members.js';

/** Without the company's lock, 37 of 40 rounds or more go wrong. */
const ROUNDS = 50;
const VISIT = { address: '192.0.2.10', requestId: 'crosswise' } as Visit;

interface Pair {
  corporationId: string;
  people: [string, string];
}

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

describe('two administrators who remove each other at the same moment', () => {
  it.each(['deletion', 'suspension', 'both'] as const)(
    'by %s: one is always left',
    async (way) => {
      const results: PromiseSettledResult<unknown>[] = [];
      for (const pair of await pairs(ROUNDS, way)) {
        const [one, two] = pair.people;
        results.push(
          ...(await Promise.allSettled([
            removes(way === 'suspension' ? 'suspension' : 'deletion', actor(pair, one), two),
            removes(way === 'deletion' ? 'deletion' : 'suspension', actor(pair, two), one),
          ])),
        );
      }
      expect(await companiesLeftWith(way)).toEqual([{ left: 1, companies: ROUNDS }]);
      const refused = results.filter(
        ({ status }) => status === 'rejected',
      ) as PromiseRejectedResult[];
      // Whoever came second was no administrator any more.
      expect(new Set(refused.map(({ reason }) => (reason as Error).message))).toEqual(
        new Set(['No administrator any more, or the session ended']),
      );
      expect(refused).toHaveLength(ROUNDS);
    },
    120_000,
  );

  it('through the pages nobody sees more than a refusal', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { corporation, sato, tanaka } = await companyExists(running);
      const [one, two] = [await signedIn(running, sato), await signedIn(running, tanaka)];
      const posts = await Promise.all([
        one.sends('POST', '/accounts/deletion', { fields: { accountId: tanaka.id } }),
        two.sends('POST', '/accounts/deletion', { fields: { accountId: sato.id } }),
      ]);
      const { rows } = await running.pool.query(
        'select count(*)::int as left from usable_administrators where corporation_id = $1',
        [corporation.id],
      );
      expect(rows).toEqual([{ left: 1 }]);
      const statuses = posts.map(({ status }) => status).sort();
      expect([
        [303, 303],
        [303, 403],
      ]).toContainEqual(statuses);
    }
  });
});

it('four administrators who delete two each leave one', async () => {
  for (const { corporationId, people } of await pairs(20, 'four')) {
    const { rows } = await running.pool.query(
      `insert into accounts (corporation_id, role, state, login_id, login_id_key, name, name_kana,
         email, email_key, password_hash)
       select $1, 'administrator', 'active', id, id, '', '', id, id, ''
       from (select gen_random_uuid()::text as id from generate_series(1, 2)) ids returning id`,
      [corporationId],
    );
    const all = [...people, ...rows.map(({ id }) => id as string)];
    await Promise.allSettled(
      all.map((id, place) =>
        running.app
          .get(Deletion)
          .delete(actor({ corporationId, people }, id), [
            all[(place + 1) % 4]!,
            all[(place + 2) % 4]!,
          ]),
      ),
    );
  }
  const { rows } = await running.pool.query(
    `select count(*)::int as without from corporations c where name = 'four' and not exists
       (select from usable_administrators where corporation_id = c.id)`,
  );
  expect(rows).toEqual([{ without: 0 }]);
});

async function removes(way: 'deletion' | 'suspension', by: SignedIn, id: string): Promise<unknown> {
  if (way === 'deletion') return running.app.get(Deletion).delete(by, [id]);
  return running.app.get(Suspension).change('suspend', by, id);
}

function actor({ corporationId }: Pair, accountId: string): SignedIn {
  const known = { corporationId, accountId, name: '佐藤', role: 'administrator', visit: VISIT };
  return known as SignedIn;
}

/** So many companies of this name, with two administrators each and nobody else. */
async function pairs(count: number, name: string): Promise<Pair[]> {
  const { rows } = await running.pool.query(
    `with new as (insert into corporations (corporate_number, name, name_kana)
       select $2 || n, $2, '' from generate_series(1, $1) n returning id),
     people as (insert into accounts (corporation_id, role, state, login_id, login_id_key, name,
         name_kana, email, email_key, password_hash)
       select id, 'administrator', 'active', id || '-' || n, id || '-' || n, '佐藤', '',
         id || '-' || n || '@example.jp', id || '-' || n || '@example.jp', ''
       from new, generate_series(1, 2) n returning id, corporation_id)
     select corporation_id as "corporationId", array_agg(id) as people from people group by 1`,
    [count, name],
  );
  return rows as Pair[];
}

async function companiesLeftWith(name: string): Promise<unknown[]> {
  const { rows } = await running.pool.query(
    `select "left", count(*)::int as companies from (
       select count(u.id)::int as "left" from corporations c
       left join usable_administrators u on u.corporation_id = c.id
       where c.name = $1 group by c.id) each group by 1`,
    [name],
  );
  return rows;
}
