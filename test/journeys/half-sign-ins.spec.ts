import { HalfSignIns } from '../../src/accounts/sign-ins/half-sign-ins.js';
import { inUnitOfWork } from '../../src/database/unit-of-work.js';
import { startApp, type RunningApp } from '../support/app.js';
import { signedIn } from '../support/own-account.js';
import type { Corporation } from '../support/people.js';
import { asked, gives, longEquipped, sakuraExists } from '../support/second-factor.js';
import { signsIn } from '../support/registration.js';

const MAIL = '確認コードが入力されなかったログイン';
const LINE = '確認コードの入力で終わったログインが';

let running: RunningApp;
let sakura: Corporation;
let people = 0;
beforeAll(async () => {
  running = await startApp();
  sakura = await sakuraExists(running);
});
afterAll(() => running.stop());
beforeEach(() => running.clock.stopsAt(new Date('2026-11-22T09:00:00+09:00')));

async function equipped() {
  people += 1;
  const given = { corporation: sakura, loginId: `half-${people}`, name: '鈴木 次郎' };
  const member = await running.people.staffExists(given);
  return { member, ...(await longEquipped(running, member)) };
}

const tells = () => inUnitOfWork(() => running.app.get(HalfSignIns).run());
const told = (email: string) =>
  running.mailbox.unread(email).filter(({ subject }) => subject.includes(MAIL)).length;

it('is told once a day where the password came from a network that is new, and no code', async () => {
  const { member } = await equipped();
  const thief = { address: '203.0.113.5', browser: 'curl/8.5.0' };
  await signsIn(running.visitor(thief), member);
  await running.clock.advance('5 minutes');
  await tells();
  expect(told(member.email)).toBe(0);
  await running.clock.advance('2 minutes');
  await tells();
  const { text } = await running.mailbox.mailTo(member.email, MAIL);
  expect(text).toContain('接続元のIPアドレス：203.0.113.5');
  expect(text).toContain('/password-reset');
  for (const address of ['203.0.113.6', '198.51.100.7']) {
    await signsIn(running.visitor({ address }), member);
    await running.clock.advance('7 minutes');
    await tells();
  }
  await running.mailbox.isReadBy(member.email);
  expect(told(member.email)).toBe(0);
  await running.clock.advance('25 hours');
  await tells();
  await signsIn(running.visitor(thief), member);
  await running.clock.advance('7 minutes');
  await tells();
  expect((await running.mailbox.mailTo(member.email)).subject).toContain(MAIL);
});

it('is not told of a code that was given, nor of a network that is known', async () => {
  const { member, app } = await equipped();
  const abroad = running.visitor({ address: '203.0.113.5' });
  await signsIn(abroad, member);
  await gives(abroad, await app.nextCode());
  await running.mailbox.mailTo(member.email, '新しい環境');
  await asked(running, member);
  await running.clock.advance('7 minutes');
  await tells();
  expect(told(member.email)).toBe(0);
});

it('is not told of wrong passwords, nor to people without a factor', async () => {
  const { member } = await equipped();
  const stranger = running.visitor({ address: '203.0.113.5' });
  await signsIn(stranger, { ...member, password: 'momiji-0000-wrong' });
  const given = { corporation: sakura, loginId: 'half-without', name: '田中 一郎' };
  const without = await running.people.staffExists(given);
  await signedIn(running, without, { address: '203.0.113.5' });
  await running.clock.advance('7 minutes');
  await tells();
  expect([told(member.email), told(without.email)]).toEqual([0, 0]);
});

it('stands on the TOP page, until the sign-in behind the next one', async () => {
  const { member, person, app } = await equipped();
  expect((await person.opens('/')).text).not.toContain(LINE);
  for (const address of ['203.0.113.5', '203.0.113.6'])
    await signsIn(running.visitor({ address }), member);
  await running.clock.advance('1 hour');
  const later = await asked(running, member);
  await gives(later, await app.code());
  expect((await later.opens('/')).text).toContain(`${LINE}2回ありました。`);
  await running.clock.advance('1 hour');
  const last = await asked(running, member);
  await gives(last, await app.code());
  expect((await last.opens('/')).text).not.toContain(LINE);
});
