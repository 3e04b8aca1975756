import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import { Operator, type CommandEnd } from '../../support/command.js';
import { decides, deskCases } from '../../support/desk-case.js';
import { uploads } from '../../support/desk-imports.js';
import {
  deskPersonExists,
  isInvited,
  pressesAtDesk,
  setsUp,
  signsInAtDesk,
  type DeskPerson,
} from '../../support/desk.js';
import { rows, SAKURA } from '../../support/master-data.js';
import { leftBehind, objectionLink, objects, takesOver } from '../../support/succession.js';

let running: RunningApp;
let operator: Operator;
let tamura: DeskPerson;
let lead: Visitor;
let deskMail: string;
beforeAll(async () => {
  running = await startApp();
  operator = new Operator(running);
  deskMail = running.config.deskMail;
  tamura = await deskPersonExists(running, { loginId: 'tamura', name: '田村', role: 'lead' });
  await deskPersonExists(running, { loginId: 'nakai', name: '中井' });
});
beforeEach(async () => {
  lead = running.visitor();
  await signsInAtDesk(lead, tamura);
});
afterAll(() => running.stop());

/** 鈴木 came in, 佐藤 objected, and somebody of the desk said that 鈴木 stays. */
async function firstWordSaid(by = '田村'): Promise<string> {
  const left = await leftBehind(running);
  await takesOver(running, left);
  await objects(running.visitor(), await objectionLink(running, left.sato));
  const { number } = (await deskCases(running, left.corporation))[0]!;
  expect((await upholds(number, by)).out).toContain('takes two');
  return number;
}

const upholds = (number: string, name: string): Promise<CommandEnd> =>
  operator.types('enrollment', 'uphold', number, '--operator', name, '--reason', '登記簿で確認');

/** 田村 adds somebody, who sets the sign-in up. */
async function isAddedByTamura(loginId: string, name: string, role = 'clerk'): Promise<DeskPerson> {
  const email = `${loginId}@desk.example`;
  const words = ['--name', name, '--email', email, '--role', role, '--operator', '田村'];
  await operator.types('create-operator', loginId, ...words);
  return setsUp(running, running.visitor(), { loginId, name, email });
}

it('counts nobody as the second of two whom the first one added', async () => {
  const kage = await isAddedByTamura('kage', '影山');
  const number = await firstWordSaid();
  const own = running.visitor();
  await signsInAtDesk(own, kage);
  await decides(own, number, '登録を承認する');
  expect(own.page.status).toBe(422);
  expect(own.page.text).toContain('一方が他方を追加したか、設定をやり直させたか');
  await running.clock.advance('25 hours');
  expect(await upholds(number, '影山')).toMatchObject({
    exitCode: 1,
    err: expect.stringContaining('One of you two added'),
  });
  expect(await upholds(number, '中井')).toMatchObject({ exitCode: 0 });
});

it('counts nobody as the second of two who reads the mailbox of the first one', async () => {
  const number = await firstWordSaid();
  await running.pool.query(
    `update operators set email = 'Tamura+nakai@desk.example' where login_id = 'nakai'`,
  );
  const second = await upholds(number, '中井');
  expect(second).toMatchObject({ exitCode: 1, err: expect.stringContaining('same email address') });
  await running.pool.query(
    `update operators set email = 'nakai@desk.example' where login_id = 'nakai'`,
  );
  expect(await upholds(number, '中井')).toMatchObject({ exitCode: 0 });
});

it('counts nobody as the second of two who was added by the one that comes second', async () => {
  await isAddedByTamura('kagawa', '香川');
  await running.clock.advance('25 hours');
  const number = await firstWordSaid('香川');
  expect((await upholds(number, '田村')).err).toContain('One of you two added');
});

it('forgets who reset somebody where the user of the machine does it again', async () => {
  const reset = async (...by: string[]) => {
    await operator.types('operator', 'reset', 'ogata', '--reason', '端末の紛失', ...by);
    await setsUp(running, running.visitor(), ogata);
    await running.clock.advance('25 hours');
  };
  const ogata = await deskPersonExists(running, { loginId: 'ogata', name: '緒方' });
  await reset('--operator', '田村');
  const number = await firstWordSaid();
  expect((await upholds(number, '緒方')).err).toContain('One of you two added');
  await reset();
  expect(await upholds(number, '緒方')).toMatchObject({ exitCode: 0 });
});

it('counts nobody whom the first one made lead', async () => {
  await deskPersonExists(running, { loginId: 'okano', name: '岡野' });
  await lead.opens('/desk/operators');
  await lead.follows('岡野');
  lead.fills('理由', '増員のため');
  await pressesAtDesk(lead, '責任者にする');
  await running.clock.advance('25 hours');
  const number = await firstWordSaid();
  expect((await upholds(number, '岡野')).err).toContain('One of you two added');
});

it('lets nobody confirm an import whom its author added', async () => {
  await running.people.corporationExists({ corporateNumber: '1001', name: 'さくら商店' });
  const sato = await isAddedByTamura('satoh', '佐東', 'lead');
  await running.clock.advance('25 hours');
  lead = running.visitor();
  await signsInAtDesk(lead, tamura);
  await uploads(lead, rows(SAKURA));
  const own = running.visitor();
  await signsInAtDesk(own, sato);
  await own.opens(lead.page.url.href);
  expect(own.page.text).toContain('一方が他方を追加したか、設定をやり直させたか');
  expect(own.page.text).not.toContain('取り込む取り消す');
});

it('tells everybody of the desk, also the one who did it, its mailbox, and whoever has another role or none', async () => {
  for (const address of [deskMail, 'nakai@desk.example', 'tamura@desk.example'])
    await running.mailbox.isReadBy(address);
  const words = ['--role', 'clerk', '--operator', '田村'];
  const add = (id: string, name: string, email: string) =>
    operator.types('create-operator', id, '--name', name, '--email', email, ...words);
  await running.pool.query(`update operators set role = 'clerk' where name <> '田村'`);
  await add('mori', '森', 'x@desk.example');
  const told = await running.mailbox.mailTo('nakai@desk.example', 'オペレーターの変更');
  expect(told.text).toContain('田村が、オペレーターに森を追加しました。');
  const atDesk = await running.mailbox.mailTo(deskMail, 'オペレーターの変更');
  expect(atDesk.text).toContain('田村が、オペレーターに森を追加しました。');
  const own = await running.mailbox.mailTo('tamura@desk.example', 'オペレーターの変更');
  expect(own.text).toContain('田村が、オペレーターに森を追加しました。');
  await running.pool.query(`update operators set role = 'lead' where name = '中井'`);
  await add('hayashi', '林', 'y@desk.example');
  await running.mailbox.mailTo('nakai@desk.example', 'オペレーターの変更');
  await running.mailbox.mailTo(deskMail, 'オペレーターの変更');
  await lead.opens('/desk/operators');
  await lead.follows('森');
  lead.fills('理由', '担当が変わりました。');
  await pressesAtDesk(lead, '利用を終了する');
  const end = await running.mailbox.mailTo('x@desk.example', 'オペレーターの変更（森）');
  expect(end.text).toContain('田村が、森のご利用を終了しました。');
});

it('lets the word of somebody bound take the place of one that would block the case', async () => {
  const kage = await isAddedByTamura('kagemori', '影森');
  await isAddedByTamura('kageyama', '影沼');
  await running.clock.advance('25 hours');
  await running.pool.query(
    `update operators set ended_at = genkan_now()
     where name not in ('田村', '影森', '影沼') and ended_at is null`,
  );
  const number = await firstWordSaid();
  const own = running.visitor();
  await signsInAtDesk(own, kage);
  await decides(own, number, '登録を承認する');
  expect(own.page.text).toContain('影森 さんが承認を求めています。');
  expect(own.page.text).not.toContain('田村 さんが承認を求めています。');
  expect((await upholds(number, '田村')).err).toContain('One of you two added');
  expect(await upholds(number, '影沼')).toMatchObject({
    exitCode: 0,
    out: expect.not.stringContaining('takes two'),
  });
  await running.pool.query('update operators set ended_at = null');
});

it('counts nobody for a day after the set-up, and says from when on', async () => {
  const miura = await setsUp(
    running,
    running.visitor(),
    await isInvited(running, { loginId: 'miura', name: '三浦' }),
  );
  const number = await firstWordSaid();
  const own = running.visitor();
  await signsInAtDesk(own, miura);
  await decides(own, number, '登録を承認する');
  expect(own.page.text).toMatch(/変更から24時間はできません。\d{4}年.*からできます。/);
  const { rows: found } = await running.pool.query<{ from: Date }>(
    `select second_word_from as "from" from operators where login_id = 'miura'`,
  );
  const from = found[0]!.from.getTime();
  await running.clock.stopsAt(new Date(from - 1_000));
  expect((await upholds(number, '三浦')).err).toMatch(/You can from \d{4}-/);
  await running.clock.stopsAt(new Date(from));
  expect(await upholds(number, '三浦')).toMatchObject({ exitCode: 0, err: '' });
});
