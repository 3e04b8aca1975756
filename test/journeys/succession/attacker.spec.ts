import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import { accepts, invitationTo, invited, invites } from '../../support/invitation.js';
import { chooses } from '../../support/members.js';
import { entersDetails, signsIn } from '../../support/registration.js';
import {
  entersNumbers,
  leftBehind,
  objectionLink,
  objects,
  takesOver,
  takesOverAndSignsIn,
  type LeftBehind,
} from '../../support/succession.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

async function stateOf({ loginId }: { loginId: string }): Promise<string> {
  const { rows } = await running.pool.query<{ state: string; role: string }>(
    'select state, role from accounts where login_id_key = $1',
    [loginId],
  );
  return `${rows[0]!.state} ${rows[0]!.role}`;
}

async function sessionsOf({ corporation }: LeftBehind): Promise<number> {
  const text = `select from sessions s join accounts a on a.id = s.account_id
                where a.corporation_id = $1`;
  return (await running.pool.query(text, [corporation.id])).rowCount!;
}

/** Everybody who can sign in as administrator, by login ID. */
async function administratorsOf({ corporation }: LeftBehind): Promise<string[]> {
  const { rows } = await running.pool.query<{ login_id: string }>(
    `select a.login_id from usable_administrators u join accounts a on a.id = u.id
     where u.corporation_id = $1 order by 1`,
    [corporation.id],
  );
  return rows.map((row) => row.login_id);
}

async function isOut(person: Visitor): Promise<void> {
  await person.opens('/');
  expect(person.page.path).toBe('/login?next=%2F');
}

describe('somebody who holds an invoice of last month', () => {
  it('sees nothing of the company but its name before the mailbox is proved', async () => {
    const left = await leftBehind(running, 1);
    const secrets = /佐藤|花子|加藤|sato|kato|@example\.jp.*@example\.jp/;
    const mallory = running.visitor();
    await mallory.opens('/admin-enrollment');
    expect(mallory.page.text).not.toContain(left.corporation.name);
    await entersNumbers(mallory, left.corporation);
    expect(mallory.page.html).not.toMatch(secrets);
    await entersDetails(mallory, left.suzuki);
    expect(mallory.page.facts).toMatchObject({ 法人名: left.corporation.name });
    expect(mallory.page.html).not.toMatch(secrets);
    await mallory.presses('登録');
    expect(mallory.page.html).not.toMatch(secrets);
    await signsIn(mallory, left.suzuki);
    expect(mallory.page.h1).toBe('登録がまだ完了していません');
    expect(mallory.page.html).not.toMatch(secrets);
    expect(mallory.page.html).not.toContain(left.corporation.name);
    for (const path of ['/accounts', '/admin-enrollment/cases', '/ip-restriction'])
      expect((await mallory.sends('GET', path)).status).toBe(303);
  });

  it('works at once, removes the predecessor, invites an accomplice; one click ends it all', async () => {
    const left = await leftBehind(running);
    const mallory = await takesOverAndSignsIn(running, left);
    const link = await objectionLink(running, left.sato);
    const friend = invited('friend@evil.example', { role: 'administrator' });
    await invites(mallory, friend);
    const accomplice = running.visitor();
    const friendId = `friend-${left.sato.loginId}`;
    await accepts(accomplice, await invitationTo(running, friend.email), friendId);
    await chooses(mallory, left.sato);
    await mallory.presses('削除');
    expect(mallory.page.h1).toBe('削除完了');
    expect(await stateOf(left.sato)).toBe('deleted administrator');
    const farewell = await running.mailbox.mailTo(left.sato.email);
    expect(farewell.subject).toContain('アカウント削除のお知らせ');
    expect(farewell.text).toMatch(/\/admin-enrollment\/objection\/[\w-]{43}\n/);

    const sato = running.visitor();
    await objects(sato, link, '7月に退職した者が請求書を持っています。');
    expect(sato.page.text).toContain('ただちにログインできなくなりました');
    expect(await stateOf(left.sato)).toBe('active administrator');
    expect(await stateOf(left.suzuki)).toBe('suspended administrator');
    expect(await stateOf({ loginId: friendId })).toBe('active staff');
    expect(await administratorsOf(left)).toEqual([left.sato.loginId]);
    expect(await sessionsOf(left)).toBe(0);
    await isOut(mallory);
    await isOut(accomplice);
    await signsIn(sato, left.sato);
    expect(sato.page.h1).toBe('TOPページ');
  });

  it('can neither approve of the own case nor object to it', async () => {
    const left = await leftBehind(running);
    const mallory = await takesOverAndSignsIn(running, left);
    await mallory.opens('/admin-enrollment/cases');
    await mallory.follows('鈴木 一郎');
    expect(mallory.page.text).not.toMatch(/承認する|異議を申し立てる/);
    const { path } = mallory.page;
    for (const act of ['approve', 'object'])
      expect((await mallory.sends('POST', path, { fields: { act } })).status).toBe(303);
    await mallory.reloads();
    expect(mallory.page.notice).toContain('この操作は行えませんでした');
    expect(mallory.page.text).toContain('登録された方はログインできます');
    const { rows } = await running.pool.query(
      `select from audit_entries where corporation_id = $1 and reason = 'not-entitled'`,
      [left.corporation.id],
    );
    expect(rows).toHaveLength(2);
  });

  it('is not found by another company, and not by staff', async () => {
    const left = await leftBehind(running);
    const mallory = await takesOverAndSignsIn(running, left);
    await mallory.opens('/admin-enrollment/cases');
    await mallory.follows('鈴木 一郎');
    const { path } = mallory.page;
    const other = await leftBehind(running);
    const stranger = running.visitor();
    await signsIn(stranger, other.sato);
    const absent = '/admin-enrollment/cases/00000000-0000-4000-8000-000000000000';
    for (const [method, fields] of [['GET'], ['POST', { act: 'object' }]] as const)
      for (const url of [path, absent, '/admin-enrollment/cases/x'])
        expect((await stranger.sends(method, url, { fields })).status).toBe(404);
    const staff = { corporation: left.corporation, name: '山田 太郎' };
    const yamada = await running.people.staffExists({ ...staff, loginId: 'yamada-1' });
    const person = running.visitor();
    await signsIn(person, yamada);
    for (const url of [path, absent, '/admin-enrollment/cases'])
      expect((await person.sends('GET', url)).status).toBe(403);
    expect((await person.sends('POST', path, { fields: { act: 'object' } })).status).toBe(403);
    expect(await stateOf(left.suzuki)).toBe('active administrator');
  });
});

describe('an objection', () => {
  it('leaves no session of 20 sign-ins at the same moment', async () => {
    const left = await leftBehind(running);
    await takesOver(running, left);
    const link = await objectionLink(running, left.sato);
    const browsers = Array.from({ length: 20 }, () => running.visitor());
    const { loginId, password } = left.suzuki;
    const signIns = browsers.map((browser) =>
      browser.sends('POST', '/login', { fields: { loginId, password, next: '/' } }),
    );
    const objection = running.visitor().sends('POST', link, { fields: { statement: '' } });
    await Promise.all([...signIns, objection]);
    expect((await objection).status).toBe(303);
    expect(await stateOf(left.suzuki)).toBe('suspended administrator');
    expect(await sessionsOf(left)).toBe(0);
    for (const browser of browsers) await isOut(browser);
  });

  it('needs its own key: others are unknown', async () => {
    const left = await leftBehind(running);
    const mallory = running.visitor();
    await takesOver(running, left, mallory);
    const [welcome] = running.mailbox.all().filter(({ to }) => to === left.suzuki.email);
    const activation = running.mailbox.linkIn(welcome!).split('/').at(-1)!;
    for (const key of [activation, 'x', 'x'.repeat(43), `${activation}/..`, "'--"]) {
      const path = `/admin-enrollment/objection/${encodeURIComponent(key)}`;
      const answer = await mallory.sends('POST', path, { fields: { statement: '' } });
      expect([key, answer.status]).toEqual([key, 410]);
    }
    expect(await stateOf(left.suzuki)).toBe('active administrator');
    const key = (await objectionLink(running, left.sato)).split('/').at(-1)!;
    for (const page of ['activation', 'password-reset', 'invitation'])
      expect((await mallory.sends('POST', `/${page}/${key}`, { fields: {} })).status).not.toBe(303);
  });
});
