import { Client, type Pool } from 'pg';
import { Overviews } from '../../src/accounts/top/overviews.js';
import type { SignedIn } from '../../src/auth/sessions/sessions.js';
import { startApp } from '../support/app.js';

const CROWD = `
  insert into accounts (corporation_id, role, state, login_id, login_id_key, name, name_kana, email,
    email_key, password_hash, activated_at)
  select $1, case n when 1 then 'administrator' else 'staff' end, 'active', 'crowd-' || n,
    'crowd-' || n, '佐藤 花子', 'サトウ ハナコ', '', '', '', genkan_now()
  from generate_series(1, 3000) n`;
const PLANS = `select custom_plans::int as anew, generic_plans::int as kept
               from pg_prepared_statements where name = 'overview'`;

it('the TOP page of a small company is not planned anew beside a large one', async () => {
  const running = await startApp();
  const small = await running.people.corporationExists({ corporateNumber: '1234567', name: '小' });
  const large = await running.people.corporationExists({ corporateNumber: '7654321', name: '大' });
  const { id } = await running.people.administratorExists({
    corporation: small,
    loginId: 'sato',
    name: '佐藤 花子',
  });
  await running.pool.query(CROWD, [large.id]);
  await running.pool.query('analyze');
  const client = new Client(running.config.databaseUrl);
  await client.connect();
  const overviews = new Overviews(client as unknown as Pool);
  const person = { corporationId: small.id, accountId: id, isNewcomer: false } as SignedIn;
  for (let visit = 0; visit < 8; visit += 1) expect((await overviews.of(person)).people).toBe(1);
  // PostgreSQL plans a prepared statement five times before it may keep a plan.
  expect((await client.query(PLANS)).rows).toEqual([{ anew: 5, kept: 3 }]);
  await client.end();
  await running.stop();
});
