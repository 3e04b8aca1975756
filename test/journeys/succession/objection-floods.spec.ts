import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import { linkOn } from '../../support/recovery.js';
import { signsIn } from '../../support/registration.js';
import { leftBehind, objectionLink, takesOverAndSignsIn } from '../../support/succession.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

/** Connections that wait for a lock, when there are some. */
async function waitingForLock(): Promise<number> {
  for (;;) {
    const { rows } = await running.pool.query<{ waiting: number }>(
      `select count(*)::int as waiting from pg_stat_activity
       where wait_event_type = 'Lock' and datname = current_database()`,
    );
    if (rows[0]!.waiting > 0) return rows[0]!.waiting;
  }
}

it('many posts of one objection link wait with one connection, and other strangers go on', async () => {
  const left = await leftBehind(running);
  await takesOverAndSignsIn(running, left);
  const link = await objectionLink(running, left.sato);
  const crowd = Array.from({ length: 30 }, (_, index) =>
    running.visitor({ address: `10.70.${index}.5` }),
  );
  for (const each of crowd) await each.opens(link);
  const shown = linkOn((await crowd[0]!.sends('GET', '/admin-enrollment/objection')).text);
  const busy = await running.pool.connect();
  try {
    await busy.query('begin');
    await busy.query('select from corporations where id = $1 for update', [left.corporation.id]);
    const posts = crowd.map((each) => {
      const fields = { link: shown, statement: '知りません。' };
      return each.sends('POST', '/admin-enrollment/objection', { fields });
    });
    const first = await waitingForLock();
    const other = running.visitor();
    const elsewhere = await leftBehind(running);
    await signsIn(other, elsewhere.sato);
    expect(other.page.path).toBe('/');
    expect([first, await waitingForLock()]).toEqual([1, 1]);
    const pair = { corporateNumber: '1234567', transferAccountNumber: '7654321' };
    const types = (visitor: Visitor) =>
      visitor.sends('POST', '/initiate/numbers', { fields: pair });
    expect((await types(other)).status).toBe(422);
    expect((await types(running.visitor())).status).toBe(422);
    await busy.query('rollback');
    const statuses = (await Promise.all(posts)).map(({ status }) => status);
    // On a busy machine the last ones wait longer than anybody is made to.
    expect(statuses).toContain(303);
    expect(statuses.filter((status) => status !== 303 && status !== 503)).toEqual([]);
  } finally {
    await busy.query('rollback');
    busy.release();
  }
});
