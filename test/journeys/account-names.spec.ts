import { startApp, type RunningApp } from '../support/app.js';
import { accepts, CHOSEN_PASSWORD, invited, invites, office } from '../support/invitation.js';
import { signsIn } from '../support/registration.js';

/** U+9AD9, U+20BB7, U+FA19 and a variation selector: what normalisation or a narrow column would spoil. */
const RARE = '髙橋 𠮷\u{fa19}葛\u{e0100}';
const LONG = '𠮷'.repeat(99) + '葛\u{e0100}';

let running: RunningApp;
let people = 0;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

const nameOf = async (loginId: string) =>
  (
    await running.pool.query<{ name: string }>('select name from accounts where login_id = $1', [
      loginId,
    ])
  ).rows[0]!.name;

it.each([RARE, LONG])('the name %s goes unspoilt through form, mail and page', async (name) => {
  people += 1;
  const { person } = await office(running);
  const email = `rare-${people}@sakura.example`;
  const loginId = `rare-${people}`;
  await invites(person, invited(email, { name }));
  expect(person.page.text).toContain(`${name} 様がメールのURLを開き`);
  expect((await person.opens('/accounts/invitations')).text).toContain(name);

  const mail = await running.mailbox.mailTo(email);
  expect(mail.text).toContain(`${name} 様`);
  expect(mail.html).toContain(`${name} 様`);
  const newcomer = running.visitor();
  await newcomer.opens(running.mailbox.linkIn(mail));
  expect(newcomer.page.text).toContain(`${name} 様`);
  await accepts(newcomer, running.mailbox.linkIn(mail), loginId);
  await signsIn(newcomer, { loginId, password: CHOSEN_PASSWORD });
  expect(newcomer.page.header).toContain(`${name} 様`);
  expect(await nameOf(loginId)).toBe(name);

  await person.opens('/accounts/handover');
  await person.follows(name);
  expect(person.page.field('氏名').getAttribute('value')).toBe(name);
  person.fills('氏名', `${name}\u{3000}`);
  person.fills('部署', '營業部');
  await person.presses('変更を保存する');
  expect(person.page.notice).toBe(`${name} 様の部署を変更しました。`);
  expect(await nameOf(loginId)).toBe(name);
});

it('a name of 101 characters is refused, however many code units 100 have', async () => {
  const { person } = await office(running);
  await invites(person, invited('long@sakura.example', { name: `${LONG}子` }));
  expect(person.page.status).toBe(422);
  expect(person.page.errors).toEqual(['氏名は100文字以内で入力してください。']);
  expect(person.page.field('氏名').getAttribute('value')).toBe(`${LONG}子`);
  await running.mailbox.nothingFor('long@sakura.example');
});

it('what looks like HTML, a link or another header stays text, or is refused', async () => {
  const { person } = await office(running);
  await invites(person, invited('html@sakura.example', { name: '<b>鈴木</b> & "一郎"' }));
  const mail = await running.mailbox.mailTo('html@sakura.example');
  expect(mail.text).toContain('<b>鈴木</b> & "一郎" 様');
  expect(mail.html).not.toContain('<b>鈴木');
  expect((await person.opens('/accounts/invitations')).html).not.toContain('<b>鈴木');
  for (const name of [
    '鈴木 http://evil.example',
    '鈴木@evil',
    'www.evil.example',
    '鈴\r\nBcc: x',
  ]) {
    await invites(person, invited('html@sakura.example', { name }));
    expect([name, person.page.status]).toEqual([name, 422]);
  }
});
