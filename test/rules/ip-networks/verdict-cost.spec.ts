import { FIND_SESSION } from '../../../src/auth/sessions/find-session.js';
import { startApp } from '../../support/app.js';
import { listExists } from '../../support/ip-lists.js';
import { newCompany, signedIn } from '../../support/ip-restriction.js';

it('a session of a company without lists asks for no verdict', async () => {
  const running = await startApp();
  const { sato, corporation } = await newCompany(running);
  await signedIn(running, sato);
  const { rows } = await running.pool.query<{ id: string }>('select id from sessions');
  const planOf = async () => {
    const explained = await running.pool.query<{ 'QUERY PLAN': string }>(
      `explain (analyze, costs off, timing off) ${FIND_SESSION.text}`,
      [rows[0]!.id, null, '198.51.100.7'],
    );
    return explained.rows.map((row) => row['QUERY PLAN']).join('\n');
  };
  expect(await planOf()).toContain('Function Scan on ip_verdict (never executed)');
  await listExists(running, corporation, ['198.51.100.0/24']);
  expect(await planOf()).toMatch(/Function Scan on ip_verdict \(actual rows=1/);
  await running.stop();
});
