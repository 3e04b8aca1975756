import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import {
  accepts,
  CHOSEN_PASSWORD,
  invitationTo,
  invited,
  invites,
} from '../../support/invitation.js';
import type { Member } from '../../support/people.js';
import { signsIn } from '../../support/registration.js';
import {
  leftBehind,
  objects,
  takesOverAndSignsIn,
  type LeftBehind,
} from '../../support/succession.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

/** The newest mail to an administrator tells of the deed and has a link to object. */
async function objectsByNewestMail(to: string, subject: string): Promise<Visitor> {
  await running.mailbox.everythingIsSent();
  const [mail] = running.mailbox.unread(to).filter((each) => each.subject.includes(subject));
  const link = /^\S+\/admin-enrollment\/objection\/\S+$/m.exec(mail!.text)![0];
  const person = running.visitor();
  await objects(person, link);
  return person;
}

async function stateOf({ id }: Member): Promise<unknown> {
  const { rows } = await running.pool.query<{ role: string; state: string; email: string }>(
    'select role, state, email from accounts where id = $1',
    [id],
  );
  return rows[0];
}

const asBefore = ({ email }: Member) => ({ role: 'administrator', state: 'active', email });

async function deletes(person: Visitor, { name }: Member): Promise<void> {
  await person.opens('/accounts');
  person.checks(name);
  await person.presses('削除');
  await person.presses('削除');
}

describe('what a newcomer does to an administrator who was there before', () => {
  it('is a deletion that the predecessor hears of, and can undo with the case', async () => {
    const left = await leftBehind(running);
    const suzuki = await takesOverAndSignsIn(running, left);
    await deletes(suzuki, left.sato);
    expect(suzuki.page.h1).toBe('削除完了');
    expect(await stateOf(left.sato)).toMatchObject({ state: 'deleted' });

    const sato = await objectsByNewestMail(left.sato.email, 'アカウント削除のお知らせ');
    expect(sato.page.text).toContain('ただちにログインできなくなりました');
    expect(await stateOf(left.sato)).toEqual(asBefore(left.sato));
    await suzuki.reloads();
    expect(suzuki.page.path).toMatch(/^\/login/);
    await signsIn(sato, left.sato);
    expect(sato.page.h1).toBe('TOPページ');
  });

  it('stays as it is after the probation: the desk hears of it', async () => {
    const left = await leftBehind(running);
    await deletes(await takesOverAndSignsIn(running, left), left.sato);
    await running.clock.advance('73 hours');
    const sato = await objectsByNewestMail(left.sato.email, 'アカウント削除のお知らせ');
    expect(sato.page.text).toContain('自動では止まりません');
    expect(await stateOf(left.sato)).toMatchObject({ state: 'deleted' });
    await running.clock.reset();
  });

  it('is undone as a whole: demoted, suspended and deleted ones come back', async () => {
    const left = await leftBehind(running, 2);
    const suzuki = await takesOverAndSignsIn(running, left);
    const [first, second] = await othersOf(left);
    await suzuki.opens(`/accounts/${first!.id}`);
    suzuki.checks('担当者（ご自分の情報だけを変更できます）');
    await suzuki.presses('変更を保存する');
    expect(await stateOf(first!)).toMatchObject({ role: 'staff' });
    await suzuki.opens(`/accounts/${second!.id}/suspension`);
    await suzuki.presses('利用を停止');
    await deletes(suzuki, left.sato);
    expect(await stateOf(second!)).toMatchObject({ state: 'suspended' });

    await objectsByNewestMail(first!.email, '管理者が追加登録されました');
    for (const member of [left.sato, first!, second!])
      expect(await stateOf(member)).toEqual(asBefore(member));
  });

  it('cannot be done through somebody whom the newcomer invited', async () => {
    const left = await leftBehind(running);
    const suzuki = await takesOverAndSignsIn(running, left);
    const loginId = `accomplice-${left.suzuki.loginId}`;
    const accomplice = { loginId, password: CHOSEN_PASSWORD };
    await invites(suzuki, invited(`${loginId}@example.jp`, { role: 'administrator' }));
    const other = running.visitor();
    await accepts(other, await invitationTo(running, `${loginId}@example.jp`), loginId);
    await signsIn(other, accomplice);
    await deletes(other, left.sato);
    expect(await stateOf(left.sato)).toMatchObject({ state: 'deleted' });

    await objectsByNewestMail(left.sato.email, 'アカウント削除のお知らせ');
    expect(await stateOf(left.sato)).toEqual(asBefore(left.sato));
    await other.opens('/accounts');
    expect(other.page.path).toMatch(/^\/login/);
    await signsIn(other, accomplice);
    await other.opens('/accounts');
    expect(other.page.status).toBe(403);
  });

  it('cannot be undone by releasing the newcomer: the desk decides', async () => {
    const left = await leftBehind(running, 1);
    await takesOverAndSignsIn(running, left);
    await objectsByNewestMail(left.sato.email, '管理者が追加登録されました');
    const { rows } = await running.pool.query<{ id: string }>(
      'select id from accounts where login_id_key = $1',
      [left.suzuki.loginId],
    );
    const [kato] = await othersOf(left);
    const person = running.visitor();
    await signsIn(person, kato!);
    const path = `/accounts/${rows[0]!.id}/suspension`;
    await person.opens(path);
    expect(person.page.status).toBe(409);
    expect(person.page.text).toContain('担当窓口が双方のお話を伺って判断します');
    const answer = await person.sends('POST', path, { fields: { act: 'release' } });
    expect(answer.status).toBe(409);
  });
});

async function othersOf({ corporation, sato }: LeftBehind): Promise<Member[]> {
  const { rows } = await running.pool.query<Member>(
    `select id, name, email, login_id as "loginId" from accounts
     where corporation_id = $1 and login_id like 'kato-%' order by login_id`,
    [corporation.id],
  );
  return rows.map((row) => ({ ...row, corporation, password: sato.password }));
}
