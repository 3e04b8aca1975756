import { RecoveryRequests } from '../../src/password-reset/recovery-requests.js';
import { startApp, type RunningApp } from '../support/app.js';
import {
  asksForCode,
  CODE_PATH,
  codeTo,
  codeWorks,
  isIn,
  wrongCode,
  type Coded,
} from '../support/mailed-code.js';
import type { Corporation } from '../support/people.js';
import { asks, entersCode, finishes } from '../support/recovery.js';

const START = Date.parse('2026-11-22T18:30:00+09:00');
const ELSEWHERE = 'コードは、「送信」を押したブラウザーで、30分以内に入力します。';
const WRONG = 'コードが違うか、入力できる回数や時間を過ぎています。';

let running: RunningApp;
let sakura: Corporation;
beforeAll(async () => {
  running = await startApp();
  const name = '株式会社さくら';
  sakura = await running.people.corporationExists({ corporateNumber: '1234567', name });
});
afterAll(() => running.stop());
beforeEach(() => clockAt('00:00:00'));

/** So long after the mail was asked for, to the second. */
async function clockAt(time: string): Promise<void> {
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
  await running.clock.stopsAt(new Date(START + ((hours * 60 + minutes) * 60 + seconds) * 1000));
}

const recovery = () => asksForCode(running, sakura);

/** In the browser that asked. */
async function fails({ person, code }: Coded, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    await person.opens(CODE_PATH);
    await entersCode(person, wrongCode({ code }));
    const { page } = person;
    expect([page.status, page.errors]).toEqual([422, [expect.stringContaining(WRONG)]]);
  }
}

it('typed on the page behind 送信 it does what the link does', async () => {
  const { person, code, link, member } = await recovery();
  await entersCode(person, code);
  expect(isIn(person)).toBe(true);
  await finishes(person);
  expect(person.page.facts).toMatchObject({ ログインID: member.loginId });
  expect((await running.visitor().opens(link)).h1).toBe('このURLはすでに使われています');
  expect(await codeWorks(person, code)).toBe(false);
});

it('typed in another tab of that browser it does the same, in any case and width', async () => {
  const { code, person } = await recovery();
  const wide = [...code.toLowerCase()].map((letter) =>
    letter === '-' ? 'ー' : String.fromCodePoint(letter.codePointAt(0)! + 0xfee0),
  );
  const tab = person.tab();
  await tab.opens('/password-reset');
  await tab.follows('コードの入力');
  await entersCode(tab, ` ${wide.join('')} `);
  expect(isIn(tab)).toBe(true);
  await finishes(tab);
  expect(tab.page.h1).toBe('パスワード再登録完了');
});

it('a wrong one leads to a page that still knows the address', async () => {
  const { person, code, member } = await recovery();
  await entersCode(person, wrongCode({ code }));
  expect(person.page.status).toBe(422);
  expect(person.page.errors).toEqual([expect.stringContaining(WRONG)]);
  expect(person.page.facts).toMatchObject({ メールの宛先: member.email });
  await entersCode(person, code);
  expect(isIn(person)).toBe(true);
});

it('the fifth try may be the right one', async () => {
  const given = await recovery();
  await fails(given, 4);
  expect(await codeWorks(given.person, given.code)).toBe(true);
});

it('after five wrong tries it is over; the link is not, and another mail has another code', async () => {
  const given = await recovery();
  const { person, member } = given;
  await fails(given, 5);
  expect(await codeWorks(person, given.code)).toBe(false);
  expect((await running.visitor().opens(given.link)).path).toBe('/password-reset/numbers');
  await running.clock.advance('3 minutes');
  await person.follows('戻る');
  await person.presses('メールを再送する');
  expect(await codeWorks(person, (await codeTo(running, member.email)).code)).toBe(true);
});

it('of 30 tries at once five are counted and compared', async () => {
  const { code, person, flow } = await recovery();
  const fields = { flow, code: wrongCode({ code }) };
  const tries = Array.from({ length: 30 }, () => person.sends('POST', CODE_PATH, { fields }));
  for (const { status } of await Promise.all(tries)) expect(status).toBe(422);
  const counted = 'select code_tries as tries from recoveries where asked_in = $1';
  expect((await running.pool.query(counted, [flow])).rows).toEqual([{ tries: 5 }]);
  expect(await codeWorks(person, code)).toBe(false);
});

it('works for 30 minutes from its request, to the second, as the mail says', async () => {
  const [one, other] = [await recovery(), await recovery()];
  expect(one.text).toContain('コードの期限：2026年11月22日(日) 19時00分まで（日本時間）');
  await clockAt('00:29:59');
  await fails(one, 1);
  expect(await codeWorks(one.person, one.code)).toBe(true);
  await clockAt('00:30:00');
  await other.person.opens(CODE_PATH);
  expect(other.person.page.path).toBe('/password-reset');
  expect(other.person.page.notice).toContain(ELSEWHERE);
  expect((await running.visitor().opens(other.link)).path).toBe('/password-reset/numbers');
});

it('the time of one is not made longer by another mail of the same tab', async () => {
  const { person, member, code } = await recovery();
  await clockAt('00:10:00');
  await person.presses('メールを再送する');
  const newer = await codeTo(running, member.email);
  await clockAt('00:30:00');
  expect(await codeWorks(person, code)).toBe(false);
  expect(await codeWorks(person, newer.code)).toBe(true);
});

it('a newer mail to the tab leaves it what the older one promised', async () => {
  const { person, member, code, link } = await recovery();
  await clockAt('00:03:00');
  await person.presses('メールを再送する');
  await codeTo(running, member.email);
  expect((await running.visitor().opens(link)).h1).toBe('新しいURLをお送りしています');
  expect(await codeWorks(person, code)).toBe(true);
});

it('belongs to its mailbox: no code of another mail goes with it', async () => {
  const [one, other] = [await recovery(), await recovery()];
  expect(await codeWorks(other.person, one.code)).toBe(false);
  const nobody = running.visitor();
  await asks(nobody, 'nobody@example.jp');
  expect(await codeWorks(nobody, one.code)).toBe(false);
  expect(await codeWorks(one.person, one.code)).toBe(true);
});

it('stands in no mail that the desk sends: no browser waits for it', async () => {
  const { member } = await recovery();
  const asker = { address: '192.0.2.1', requestId: 'telephone' };
  await running.app.get(RecoveryRequests).accept(member.email, asker);
  const { text } = await running.mailbox.mailTo(member.email);
  expect(text).not.toMatch(/コード：/);
  expect(text).toContain(`「送信」を押すと、コードを記載したメールが届きます。\n\n${running.url}/`);
});

it('what no mail can contain is told, and counts as no try', async () => {
  const { person, code } = await recovery();
  for (const typed of ['', 'ABCD', 'ABCD-EFGHJ', 'さくらさくらさく', '%%%%%%%%'])
    for (let times = 0; times < 2; times += 1) {
      await person.opens(CODE_PATH);
      await entersCode(person, typed);
      const { page } = person;
      expect([typed, page.status]).toEqual([typed, 422]);
      expect(page.errorsAt('コード')[0]).toMatch(/コードを入力|英字と数字の8文字/);
    }
  expect(await codeWorks(person, code)).toBe(true);
});

it('a second press of 送信 that hits the button for the code leads back to the page of the mail', async () => {
  const { person, code } = await recovery();
  const { path } = person.page;
  const tries = 'select link_id, code_tries from recoveries order by link_id';
  const { rows: before } = await running.pool.query(tries);
  await person.presses('コードで進む');
  expect([person.page.status, person.page.path]).toEqual([200, path]);
  expect(person.page.errors).toEqual([]);
  expect((await running.pool.query(tries)).rows).toEqual(before);
  await entersCode(person, code);
  expect(isIn(person)).toBe(true);
});
