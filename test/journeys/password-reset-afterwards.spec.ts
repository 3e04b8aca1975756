import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { formsOf } from '../support/mail-forms.js';
import type { Corporation, Member } from '../support/people.js';
import { asks, finishes, linkTo, NEW_PASSWORD } from '../support/recovery.js';
import { activates, applicant, registers, signsIn } from '../support/registration.js';

let running: RunningApp;
let sakura: Corporation;
let people = 0;
beforeAll(async () => {
  running = await startApp();
  sakura = await running.people.corporationExists({
    corporateNumber: '1234567',
    name: '株式会社さくら',
  });
});
afterAll(() => running.stop());
beforeEach(() => running.clock.stopsAt(new Date('2026-11-22T18:30:00+09:00')));

type State = 'active' | 'suspended' | 'registered';

const member = (given: { state?: State; email?: string; corporation?: Corporation } = {}) => {
  people += 1;
  const loginId = `suzuki-${people}`;
  return running.people.administratorExists({
    corporation: sakura,
    loginId,
    name: '鈴木 次郎',
    ...given,
  });
};

/** The whole way, up to and with the last page. */
async function resets(
  { email, corporation }: Pick<Member, 'email' | 'corporation'>,
  person = running.visitor(),
  link?: string,
): Promise<Visitor> {
  if (!link) await asks(running.visitor(), email);
  await person.opens(link ?? (await linkTo(running, email)));
  await finishes(person, corporation);
  expect(person.page.h1).toBe('パスワード再登録完了');
  return person;
}

const enters = (person: Visitor, { loginId }: { loginId: string }, password: string) =>
  signsIn(person, { loginId, password }).then(() => person.page);

async function failsSixTimes({ loginId }: Member): Promise<void> {
  for (let times = 0; times < 6; times += 1)
    await enters(running.visitor(), { loginId }, 'wrong-1234');
}

async function isSignedIn(person: Visitor): Promise<boolean> {
  return (await person.sends('GET', '/')).status === 200;
}

it('every session is over, and a colleague’s goes on', async () => {
  const [suzuki, colleague] = [await member(), await member()];
  const [office, home, other] = [running.visitor(), running.visitor(), running.visitor()];
  await signsIn(office, suzuki);
  await signsIn(home, suzuki);
  expect((await running.mailbox.mailTo(suzuki.email)).subject).toContain('新しい環境');
  await signsIn(other, colleague);
  await resets(suzuki);
  expect(await isSignedIn(office)).toBe(false);
  expect(await isSignedIn(home)).toBe(false);
  expect(await isSignedIn(other)).toBe(true);
});

it('nobody is signed in, not even who reset in a browser that was', async () => {
  const suzuki = await member();
  const person = running.visitor();
  await resets(suzuki, person);
  expect(person.jar.cookies.has('session')).toBe(false);
  // Who proved who it is keeps a budget of its own, which strangers' failures do not touch.
  for (let times = 0; times < 6; times += 1)
    await enters(running.visitor(), suzuki, `wrong-${times}-password`);
  await running.mailbox.mailTo(suzuki.email);
  await enters(person, suzuki, NEW_PASSWORD);
  expect(await isSignedIn(person)).toBe(true);
  await resets(suzuki, person);
  expect(await isSignedIn(person)).toBe(false);
});

it('the old password is over, the new one works', async () => {
  const suzuki = await member();
  await resets(suzuki);
  expect((await enters(running.visitor(), suzuki, suzuki.password)).status).toBe(422);
  expect((await enters(running.visitor(), suzuki, NEW_PASSWORD)).h1).toBe('TOPページ');
});

it('a wait from failed sign-ins ends, and not before the reset is proved', async () => {
  const suzuki = await member();
  await failsSixTimes(suzuki);
  await asks(running.visitor(), suzuki.email);
  await linkTo(running, suzuki.email);
  expect((await enters(running.visitor(), suzuki, suzuki.password)).status).toBe(422);
  await running.clock.advance('3 minutes');
  await failsSixTimes(suzuki);
  await resets(suzuki);
  expect((await enters(running.visitor(), suzuki, NEW_PASSWORD)).h1).toBe('TOPページ');
  const person = running.visitor();
  expect((await enters(person, suzuki, NEW_PASSWORD)).text).not.toMatch(/失敗/);
});

it('a known browser is known no longer: it waits like everybody else', async () => {
  const suzuki = await member();
  const office = running.visitor();
  await signsIn(office, suzuki);
  await failsSixTimes(suzuki);
  office.jar.cookies.delete('session');
  expect((await enters(office, suzuki, suzuki.password)).h1).toBe('TOPページ');
  await resets(suzuki);
  await failsSixTimes(suzuki);
  expect((await enters(office, suzuki, NEW_PASSWORD)).status).toBe(422);
});

it('a half-finished sign-in is over', async () => {
  const momiji = await running.people.corporationExists({
    corporateNumber: '2345678',
    name: 'もみじ商事株式会社',
  });
  const entered = applicant('momiji');
  await registers(running.visitor(), momiji, entered);
  const half = running.visitor();
  await signsIn(half, entered);
  expect(half.page.h1).toBe('登録がまだ完了していません');
  await activates(running.visitor(), await linkTo(running, entered.email));
  const [flow] = await halfFinished();
  expect(flow).toBeDefined();
  await resets({ email: entered.email, corporation: momiji });
  expect(await halfFinished()).toEqual([]);
  await half.reloads();
  expect(half.page.status).toBe(410);
});

async function halfFinished(): Promise<object[]> {
  const kind = 'unfinished-sign-in';
  return (await running.pool.query('select id from flows where kind = $1', [kind])).rows;
}

it('a notice tells the login ID, when it was, from where, and where to sign in', async () => {
  const suzuki = await member();
  await resets(suzuki, running.visitor({ address: '203.0.113.7' }));
  const notice = await running.mailbox.mailTo(suzuki.email);
  expect(notice.subject).toBe('[法人WEBシステム] パスワード再登録完了のお知らせ');
  for (const part of formsOf(notice)) {
    expect(part).toContain('株式会社さくら');
    expect(part).toContain('鈴木 次郎 様');
    expect(part).toContain(`ログインID：${suzuki.loginId}`);
    expect(part).toContain('2026年11月22日(日) 18時30分');
    expect(part).toContain('203.0.113.7');
    expect(part).toContain('お心当たりがない場合は');
    expect(part).not.toContain(NEW_PASSWORD);
  }
  expect(running.mailbox.linkIn(notice)).toBe(`${running.url}/login`);
  await running.mailbox.nothingFor(suzuki.email);
});

it('of a mailbox with a finished and an unfinished ID only the finished one is recovered', async () => {
  const suzuki = await member();
  const corporation = await running.people.corporationExists({
    corporateNumber: '7654321',
    name: 'あたらしい株式会社',
  });
  const unfinished = await member({ state: 'registered', email: suzuki.email, corporation });
  await asks(running.visitor(), suzuki.email);
  const mails = [
    await running.mailbox.mailTo(suzuki.email),
    await running.mailbox.mailTo(suzuki.email),
  ].sort((one, other) => one.subject.length - other.subject.length);
  expect(mails.map(({ subject }) => subject)).toEqual([
    '[法人WEBシステム] 登録のご案内',
    '[法人WEBシステム] パスワード再登録のご案内',
  ]);
  const person = await resets(suzuki, running.visitor(), running.mailbox.linkIn(mails[1]!));
  expect(person.page.facts).toMatchObject({ ログインID: suzuki.loginId });
  const { rows } = await running.pool.query('select state from accounts where id = $1', [
    unfinished.id,
  ]);
  expect(rows).toEqual([{ state: 'registered' }]);
});

it('is done, and said so, while its mail cannot be given back yet', async () => {
  const suzuki = await member();
  await running.pool.query(
    `create function is_full() returns trigger language plpgsql as
     $$ begin raise exception 'full' using errcode = '53300'; end $$;
     create trigger is_full before insert or update on limit_counters for each row
     when (new.key like 'recovery:spent:%') execute function is_full()`,
  );
  const { posted, jar } = await resets(suzuki);
  expect([posted!.status, jar.cookies.has('device')]).toEqual([303, true]);
  const spent = `select from limit_counters where key like 'recovery:spent:%'`;
  const before = (await running.pool.query(spent)).rowCount;
  await running.pool.query('drop function is_full cascade');
  while ((await running.pool.query(spent)).rowCount === before);
});
