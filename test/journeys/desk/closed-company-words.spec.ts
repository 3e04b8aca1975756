import { startApp, type RunningApp } from '../../support/app.js';
import { Operator } from '../../support/command.js';
import { atDesk } from '../../support/desk-case.js';
import { NAKAI, onlyCase, TAMURA } from '../../support/desk-people.js';
import { hasFactor } from '../../support/second-factor.js';
import {
  leftBehind,
  objectionLink,
  objects,
  takesOverAndSignsIn,
  type LeftBehind,
} from '../../support/succession.js';

let running: RunningApp;
let left: LeftBehind;
let number: string;
let operator: Operator;
beforeAll(async () => {
  running = await startApp();
  operator = new Operator(running);
  left = await leftBehind(running);
  await takesOverAndSignsIn(running, left);
  await objects(running.visitor(), await objectionLink(running, left.sato));
  await hasFactor(running, left.sato);
  ({ number } = await onlyCase(running, left));
});
afterAll(() => running.stop());

const is = (state: string) =>
  running.pool.query('update corporations set state = $2 where id = $1', [
    left.corporation.id,
    state,
  ]);

const NAMED = ['--name', '小川 恵', '--kana', 'おがわ めぐみ', '--email', 'ogawa@sakura.example'];

it('counts no word of the desk while a company is closed, and names nobody there', async () => {
  await operator.types('enrollment', 'uphold', number, ...TAMURA);
  await operator.types('account', 'remove-factor', left.sato.loginId, ...TAMURA);
  await is('closed');
  for (const words of [
    ['enrollment', 'uphold', number, ...NAKAI],
    ['enrollment', 'dismiss', number, ...NAKAI],
    ['enrollment', 'give', number, ...NAMED, ...NAKAI],
    ['account', 'remove-factor', left.sato.loginId, ...NAKAI],
  ]) {
    const { exitCode, err } = await operator.types(...words);
    expect([words[1], exitCode, err]).toEqual([
      words[1],
      1,
      expect.stringContaining('corporation open'),
    ]);
  }
  const { rows } = await running.pool.query(
    `select (select state from enrollments where case_number = $1) as state,
            (select count(*)::int from appointments) as named,
            (select count(*)::int from factor_removals where began_at is not null) as begun`,
    [number],
  );
  expect(rows).toEqual([{ state: 'objected', named: 0, begun: 0 }]);
  await is('active');
  for (const words of [
    ['enrollment', 'uphold', number, ...NAKAI],
    ['account', 'remove-factor', left.sato.loginId, ...NAKAI],
  ])
    expect(await operator.types(...words)).toMatchObject({ exitCode: 0, err: '' });
});

it('confirms no name while a company is closed', async () => {
  const other = await leftBehind(running);
  await takesOverAndSignsIn(running, other);
  await objects(running.visitor(), await objectionLink(running, other.sato));
  const found = await onlyCase(running, other);
  await operator.types('enrollment', 'give', found.number, ...NAMED, ...TAMURA);
  await running.pool.query(`update corporations set state = 'closed' where id = $1`, [
    other.corporation.id,
  ]);
  const email = ['--email', 'ogawa@sakura.example'];
  const confirmed = await operator.types('enrollment', 'confirm', found.number, ...email, ...NAKAI);
  expect(confirmed).toMatchObject({
    exitCode: 1,
    err: expect.stringContaining('corporation open'),
  });
});

it('is said on the page of a case that rests', async () => {
  const clerk = await atDesk(running, 'kimura', '木村');
  await clerk.opens(`/desk/cases/${number}`);
  expect(clerk.page.text).not.toContain('この法人のご利用は終了しています。');
  await is('closed');
  await clerk.reloads();
  expect(clerk.page.text).toContain('この法人のご利用は終了しています。');
});
