import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { outcomesOf, signedIn } from '../support/own-account.js';
import { sakuraExists, setsUpFactor } from '../support/second-factor.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
  await running.clock.stopsAt(new Date('2026-11-22T09:00:00+09:00'));
});
afterAll(() => running.stop());

async function tries(person: Visitor, code: string): Promise<void> {
  await person.opens('/me/second-factor');
  person.fills('認証アプリを試す', code);
  await person.presses('確認コードを試す');
}

it('the app is tried on its page, by codes that count once', async () => {
  const corporation = await sakuraExists(running);
  const given = { corporation, loginId: 'suzuki', name: '鈴木 次郎' };
  const person = await signedIn(running, await running.people.staffExists(given));
  await person.sends('POST', '/me/second-factor', { fields: { testedFactorCode: '123456' } });
  expect(await outcomesOf(running, 'second-factor-test')).toEqual([]);
  const { app, codes } = await setsUpFactor(running, person);
  await tries(person, await app.code());
  expect(person.page.status).toBe(422);
  const code = await app.nextCode();
  await tries(person, code);
  expect(person.page.notice).toContain('確認コードを確認できました。');
  await tries(person, code);
  expect(person.page.text).toContain('確認コードを確認できませんでした。');
  await tries(person, codes[0]!);
  expect(person.page.text).toContain(
    'アプリに表示された6桁の数字を入力してください。リカバリーコードは、ここでは試せません。',
  );
  for (let times = 0; times < 4; times += 1) await tries(person, await app.wrongCode());
  expect(person.page.status).toBe(422);
  await tries(person, await app.nextCode());
  expect(await outcomesOf(running, 'second-factor-test')).toEqual([
    'second-factor-wrong',
    'done',
    ...Array<string>(5).fill('second-factor-wrong'),
    'done',
  ]);
});
