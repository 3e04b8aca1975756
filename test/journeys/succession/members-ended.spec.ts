import { startApp, type RunningApp } from '../../support/app.js';
import { chooses } from '../../support/members.js';
import { signsIn } from '../../support/registration.js';
import {
  leftBehind,
  objectionLink,
  objects,
  takesOverAndSignsIn,
} from '../../support/succession.js';

const ROW = 'select role, state, deleted_by from accounts where id = $1';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

it.each(['削除', '利用を停止'])(
  'an administrator whom a newcomer removes by 「%s」 can object, and comes back',
  async (way) => {
    const left = await leftBehind(running);
    const newcomer = await takesOverAndSignsIn(running, left);
    const { sato } = left;
    await running.mailbox.mailTo(sato.email);
    if (way === '削除') await chooses(newcomer, sato);
    else await newcomer.opens(`/accounts/${sato.id}/suspension`);
    await newcomer.presses(way);
    expect(newcomer.posted!.status).toBe(303);

    const person = running.visitor();
    await signsIn(person, sato);
    expect(person.page.h1).not.toBe('TOPページ');
    await objects(person, await objectionLink(running, sato), '退職していません。');
    await signsIn(person, sato);
    expect(person.page.h1).toBe('TOPページ');
    await newcomer.opens('/');
    expect(newcomer.page.path).toBe('/login?next=%2F');
    const { rows } = await running.pool.query(
      'select state, deleted_at, deleted_from, suspended_at from accounts where id = $1',
      [sato.id],
    );
    expect(rows).toEqual([
      { state: 'active', deleted_at: null, deleted_from: null, suspended_at: null },
    ]);
  },
);

it('staff whom a newcomer removes get no link to object, and come back with the objection', async () => {
  const left = await leftBehind(running);
  const newcomer = await takesOverAndSignsIn(running, left);
  const { corporation } = left;
  const given = { corporation, loginId: `staff-${corporation.corporateNumber}`, name: '林 次郎' };
  const hayashi = await running.people.staffExists(given);
  await chooses(newcomer, hayashi);
  await newcomer.presses('削除');
  const mail = await running.mailbox.mailTo(hayashi.email);
  expect(mail.text).not.toContain('異議');
  expect(mail.text).not.toMatch(/^http/m);
  const { rows: before } = await running.pool.query(ROW, [hayashi.id]);
  expect(before).toMatchObject([{ role: 'staff', state: 'deleted' }]);
  await objects(running.visitor(), await objectionLink(running, left.sato));
  const { rows: after } = await running.pool.query(ROW, [hayashi.id]);
  expect(after).toEqual([{ role: 'staff', state: 'active', deleted_by: null }]);
});
