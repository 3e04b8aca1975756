import { startApp, type RunningApp } from '../support/app.js';
import type { Corporation, Member } from '../support/people.js';
import { isSignedIn, signedIn } from '../support/own-account.js';

let running: RunningApp;
let sakura: Corporation;
let people = 0;
beforeAll(async () => {
  running = await startApp();
  sakura = await running.people.corporationExists({
    corporateNumber: '1234567',
    name: '株式会社さくら',
  });
  await running.people.administratorExists({
    corporation: sakura,
    loginId: 'sato',
    name: '佐藤 花子',
  });
});
afterAll(() => running.stop());

/** Somebody in front of the page that asks for the password, and what the form there sends. */
async function interrupted() {
  await running.clock.reset();
  people += 1;
  const to = `jiro-${people}@new.example`;
  const member = await running.people.staffExists({
    corporation: sakura,
    loginId: `suzuki-${people}`,
    name: '鈴木 次郎',
  });
  const person = await signedIn(running, member);
  await running.clock.advance('5 minutes');
  await person.opens('/me/email');
  person.fills('新しいメールアドレス', to);
  const page = await person.presses('確認のメールを送る');
  const hidden = page.root.querySelectorAll('main input[type=hidden]');
  const fields = Object.fromEntries(
    hidden.map((field) => [field.getAttribute('name')!, field.getAttribute('value')!]),
  );
  return { member, person, to, fields: { ...fields, currentPassword: member.password } };
}

async function changesOf({ id }: Member): Promise<number> {
  const { rows } = await running.pool.query('select from email_changes where account_id = $1', [
    id,
  ]);
  return rows.length;
}

describe('a form that goes on with the password', () => {
  it('keeps the number of the interrupted form, so that both act once', async () => {
    const { fields } = await interrupted();
    expect(fields).toMatchObject({ formId: expect.stringMatching(/^[\da-f-]{36}$/) });
  });

  it('acts once when it is sent twice in a row, and either answer leaves the person signed in', async () => {
    const { member, person, fields } = await interrupted();
    const twin = person.tab(person.jar.copy());
    for (const browser of [person, twin]) {
      const answer = await browser.sends('POST', '/me/email', { fields });
      expect([answer.status, answer.headers.location]).toEqual([303, '/me/email']);
      expect(await isSignedIn(browser)).toBe(true);
    }
    expect(await isSignedIn(person)).toBe(true);
    expect(await changesOf(member)).toBe(1);
  });

  it('acts once when it is sent ten times at once', async () => {
    const { member, person, fields } = await interrupted();
    const twins = Array.from({ length: 10 }, () => person.tab(person.jar.copy()));
    const answers = await Promise.all(
      twins.map((twin) => twin.sends('POST', '/me/email', { fields })),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(303));
    for (const twin of twins) expect(await isSignedIn(twin)).toBe(true);
    expect(await changesOf(member)).toBe(1);
  });

  it('does not help whoever has the former cookie and not the password', async () => {
    const { person, fields } = await interrupted();
    const thief = person.tab(person.jar.copy());
    await person.sends('POST', '/me/email', { fields });
    expect(await isSignedIn(thief)).toBe(false);
    const { currentPassword: _, ...without } = fields;
    for (const guess of [without, { ...without, currentPassword: 'wrong-2026-password' }]) {
      const answer = await thief.sends('POST', '/me/email', { fields: guess });
      expect([303, 422]).toContain(answer.status);
      expect(answer.headers['set-cookie']?.join() ?? '').not.toContain('session=');
    }
    expect(await isSignedIn(thief)).toBe(false);
    expect(await isSignedIn(person)).toBe(true);
  });

  it.each(['PUT', 'PATCH', 'DELETE', 'GET', 'HEAD', 'OPTIONS'])(
    'is not passed by %s',
    async (method) => {
      const { member, person, fields } = await interrupted();
      const { currentPassword: _, ...without } = fields;
      const headers = { 'x-http-method-override': 'POST' };
      await person.sends(method, '/me/email', { fields: without, headers });
      await person.sends('POST', '/me/email?_method=GET', {
        fields: { ...without, _method: 'GET' },
      });
      expect(await changesOf(member)).toBe(0);
    },
  );

  it('is not passed by a password in the URL or in a list', async () => {
    const { member, person, fields } = await interrupted();
    const { currentPassword, ...without } = fields;
    const url = `/me/email?currentPassword=${currentPassword}`;
    expect((await person.sends('POST', url, { fields: without })).status).toBe(403);
    const list = { ...without, 'currentPassword[]': currentPassword };
    expect((await person.sends('POST', '/me/email', { fields: list })).status).toBe(400);
    expect(await changesOf(member)).toBe(0);
  });

  it('asks a fragment request by the same page', async () => {
    const { person, fields } = await interrupted();
    const { currentPassword: _, ...without } = fields;
    const headers = { 'hx-request': 'true', 'hx-request-type': 'partial' };
    const answer = await person.sends('POST', '/me/email', { fields: without, headers });
    expect(answer.status).toBe(403);
    expect(answer.text).toContain('<title>パスワードの確認');
    expect(answer.text).not.toContain('<html');
    expect(answer.headers['hx-push-url']).toBe('false');
  });
});
