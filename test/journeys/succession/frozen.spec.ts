import { DeskDecisions } from '../../../src/admin-enrollment/cases/desk-decisions.js';
import { startApp, type RunningApp } from '../../support/app.js';
import { BY_TAMURA, upholdBy } from '../../support/desk-people.js';
import { chooses } from '../../support/members.js';
import { asks, finishes, linkTo, NEW_PASSWORD } from '../../support/recovery.js';
import { signsIn } from '../../support/registration.js';
import {
  applies,
  leftBehind,
  objectionLink,
  objects,
  takesOver,
  takesOverAndSignsIn,
  type LeftBehind,
} from '../../support/succession.js';

const COMPLETE = { ok: true, isComplete: true };

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

/** The newcomer in the list of the company's people, and back with the state and login ID as rows. */
async function stateOf({ suzuki }: LeftBehind): Promise<string | undefined> {
  const { rows } = await running.pool.query<{ state: string }>(
    'select state from accounts where login_id_key = $1',
    [suzuki.loginId],
  );
  return rows[0]?.state;
}

async function caseNumberOf({ corporation }: LeftBehind): Promise<string> {
  const { rows } = await running.pool.query<{ case_number: string }>(
    'select case_number from enrollments where corporation_id = $1',
    [corporation.id],
  );
  return rows[0]!.case_number;
}

/** 鈴木 proved the mailbox and was stopped by 佐藤. */
async function isFrozen(): Promise<LeftBehind> {
  const left = await leftBehind(running);
  await takesOver(running, left);
  await objects(running.visitor(), await objectionLink(running, left.sato));
  const mail = await running.mailbox.mailTo(left.suzuki.email);
  expect(mail.subject).toContain('ご利用の一時停止について');
  expect(running.mailbox.linkIn(mail)).toBe(`${running.url}/login`);
  return left;
}

describe('a newcomer who was stopped', () => {
  it('stays so with another password', async () => {
    const left = await isFrozen();
    const suzuki = running.visitor();
    await asks(suzuki, left.suzuki.email);
    await suzuki.opens(await linkTo(running, left.suzuki.email));
    await finishes(suzuki, left.corporation);
    expect(suzuki.page.h1).toBe('パスワード再登録完了');
    await signsIn(suzuki, { ...left.suzuki, password: NEW_PASSWORD });
    expect(suzuki.page.h1).toBe('追加登録のお手続きの状況');
    await suzuki.opens('/accounts');
    expect(suzuki.page.path).toContain('/login?next=');
    expect(await stateOf(left)).toBe('suspended');
  });

  it('is not let in by an administrator of the company, and cannot take the application back', async () => {
    const left = await isFrozen();
    const sato = running.visitor();
    await signsIn(sato, left.sato);
    await sato.opens('/accounts');
    await sato.follows('鈴木 一郎');
    expect(sato.page.text).not.toContain('利用を再開する');
    await sato.opens(`${sato.page.path}/suspension`);
    expect(sato.page.status).toBe(409);
    expect(sato.page.text).toContain('担当窓口が双方のお話を伺って');
    const release = { fields: { act: 'release' } };
    expect((await sato.sends('POST', sato.page.path, release)).status).toBe(409);
    const suzuki = running.visitor();
    await signsIn(suzuki, left.suzuki);
    const withdrawal = { fields: { act: 'withdraw' } };
    await suzuki.sends('POST', '/admin-enrollment/case', withdrawal);
    expect(await stateOf(left)).toBe('suspended');
  });

  it('comes back when the desk says so, and no objector deletes the account before', async () => {
    const left = await isFrozen();
    const sato = running.visitor();
    await signsIn(sato, left.sato);
    const { suzuki } = left;
    await chooses(sato, suzuki);
    expect(sato.page.status).toBe(409);
    const { rows } = await running.pool.query<{ id: string }>(
      'select id from accounts where login_id_key = $1',
      [suzuki.loginId],
    );
    const deletion = { fields: { accountId: rows[0]!.id } };
    expect((await sato.sends('POST', '/accounts/deletion', deletion)).status).toBe(409);
    expect(await stateOf(left)).toBe('suspended');
    const desk = running.app.get(DeskDecisions);
    expect(await upholdBy(desk, await caseNumberOf(left))).toMatchObject(COMPLETE);
    const person = running.visitor();
    await signsIn(person, suzuki);
    expect(person.page.h1).toBe('TOPページ');
    await sato.opens('/accounts');
    expect(sato.page.text).toMatch(/鈴木 一郎[^]*利用中/);
  });

  it('does not stay by the word of the desk before the mailbox is proved', async () => {
    const left = await leftBehind(running);
    await applies(running.visitor(), left.corporation, left.suzuki);
    await objects(running.visitor(), await objectionLink(running, left.sato));
    const desk = running.app.get(DeskDecisions);
    const refused = { ok: false, reason: 'mailbox-unproved' };
    expect(await upholdBy(desk, await caseNumberOf(left))).toEqual(refused);
    expect(await desk.dismiss(await caseNumberOf(left), BY_TAMURA)).toMatchObject(COMPLETE);
  });

  it('is gone when the desk says so, until an administrator takes the newcomer back', async () => {
    const left = await isFrozen();
    const desk = running.app.get(DeskDecisions);
    const caseNumber = await caseNumberOf(left);
    expect(await desk.dismiss(caseNumber, BY_TAMURA)).toMatchObject(COMPLETE);
    expect(await upholdBy(desk, caseNumber)).toEqual({ ok: false, reason: 'case-over' });
    const mail = await running.mailbox.mailTo(left.suzuki.email);
    expect(mail.subject).toContain('担当窓口の判断');
    const suzuki = running.visitor();
    await signsIn(suzuki, left.suzuki);
    expect(suzuki.page.status).toBe(403);
    const sato = running.visitor();
    await signsIn(sato, left.sato);
    expect(sato.page.text).not.toContain('管理者の追加登録がありました');

    await sato.opens('/accounts?state=deleted');
    await sato.follows('鈴木 一郎');
    await sato.presses('元に戻す');
    await sato.opens('/accounts');
    await sato.follows('鈴木 一郎');
    await sato.follows('利用を再開する');
    await sato.presses('利用を再開');
    await signsIn(suzuki, left.suzuki);
    expect((await suzuki.opens('/accounts/new')).status).toBe(200);
  });
});

it('a newcomer whose time is over is an administrator like any other when somebody suspends him', async () => {
  const left = await leftBehind(running);
  const suzuki = await takesOverAndSignsIn(running, left);
  await running.clock.advance('72 hours');
  const sato = running.visitor();
  await signsIn(sato, left.sato);
  await sato.opens('/accounts');
  await sato.follows('鈴木 一郎');
  await sato.follows('利用を停止する');
  await sato.presses('利用を停止');
  await signsIn(suzuki, left.suzuki);
  expect([suzuki.page.status, suzuki.page.h1]).toEqual([
    403,
    'このアカウントはご利用いただけません',
  ]);
  await running.clock.reset();
});
