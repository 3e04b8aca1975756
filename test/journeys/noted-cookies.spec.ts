import { createHash } from 'node:crypto';
import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { asks, choosesPassword, entersNumbers, linkTo } from '../support/recovery.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
  await running.people.administratorExists({
    corporation: await running.people.corporationExists({
      corporateNumber: '1234567',
      name: '株式会社さくら',
    }),
    loginId: 'sato',
    name: '佐藤 花子',
    email: 'sato@sakura.example',
  });
});
afterAll(() => running.stop());

/** Somebody else, with nothing but a cookie that was read from another's screen. */
function thief(flow: string): Visitor {
  const visitor = running.visitor();
  visitor.jar.cookies.set('flow', { value: flow, attributes: '' });
  return visitor;
}

it('a cookie that was noted before a recovery opens none of its pages', async () => {
  const sato = running.visitor();
  sato.jar.cookies.set('flow', { value: 'planted', attributes: '' });
  await asks(sato, 'sato@sakura.example');
  const noted = sato.jar.cookies.get('flow')!.value;
  expect(noted).not.toBe('planted');
  await sato.opens(await linkTo(running, 'sato@sakura.example'));
  await entersNumbers(sato);
  expect(sato.page.path).toMatch('/password-reset/new-password');
  for (const cookie of ['planted', noted])
    for (const page of ['new-password', 'account', 'sent', 'completed']) {
      const seen = await thief(cookie).sends('GET', `/password-reset/${page}`);
      expect([page, seen.status, seen.headers.location]).toEqual([page, 303, '/password-reset']);
    }
  await choosesPassword(sato);
  expect(sato.page.path).toMatch('/password-reset/confirmation');
});

it('what another tab of the same browser began goes on', async () => {
  const sato = running.visitor();
  await asks(sato, 'nobody@sakura.example');
  const second = sato.tab();
  await asks(second, 'somebody@sakura.example');
  await sato.reloads();
  expect(sato.page.status).toBe(200);
  expect(sato.page.text).toContain('nobody@sakura.example');
});

it.each(['constructor', 'toString', '__proto__', 'nothing'])(
  'a notice cookie that says %s says nothing',
  async (notice) => {
    const visitor = running.visitor();
    visitor.jar.cookies.set('notice', { value: notice, attributes: '' });
    expect((await visitor.opens('/login')).status).toBe(200);
    expect(visitor.page.notice ?? '').toBe('');
  },
);

it('no digest of a form can be checked against guesses without the key', async () => {
  await asks(running.visitor(), 'guessed@sakura.example');
  const { rows } = await running.pool.query<{ digest: Buffer }>(
    'select entries_digest as digest from form_submissions',
  );
  expect(rows.length).toBeGreaterThan(0);
  const guess = { email: 'guessed@sakura.example' };
  for (const body of [guess, ['/password-reset', guess]])
    for (const { digest } of rows) expect(digest.equals(sha256(JSON.stringify(body)))).toBe(false);
});

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
