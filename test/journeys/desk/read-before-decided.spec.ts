import { startApp, type RunningApp } from '../../support/app.js';
import {
  deskPersonExists,
  pressesAtDesk,
  provesAtDesk,
  signsInAtDesk,
  type DeskPerson,
} from '../../support/desk.js';
import type { Visitor } from '../../support/browser.js';
import { WHY } from '../../support/desk-clerk.js';
import { reviewedBeside, WORDS } from '../../support/reviewed-beside.js';
import { objects } from '../../support/succession.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
beforeEach(() => running.pool.query('truncate limit_counters'));
afterEach(() => running.clock.reset());
afterAll(() => running.stop());

async function signsInAgain(clerk: Visitor, { loginId, password, app }: DeskPerson): Promise<void> {
  expect(clerk.page.path).toMatch(/^\/desk\/login/);
  clerk.fills('ID', loginId);
  clerk.fills('パスワード', password);
  await clerk.presses('ログイン');
  clerk.fills('確認コード', await app.nextCode());
  await clerk.presses('ログイン');
}

const DETOURS = {
  'the question for the factor': ['6 minutes', (clerk: Visitor) => provesAtDesk(clerk)],
  'a new sign-in': ['20 minutes', signsInAgain],
} as const;

it.each(Object.entries(DETOURS))(
  'words that come before a decision is pressed are read, behind %s too',
  async (detour, [time, goesOn]) => {
    const { number, link } = await reviewedBeside(running);
    const loginId = `kimura-${number.toLowerCase()}`;
    const kimura = await deskPersonExists(running, { loginId, name: `木村${detour.length}` });
    const clerk = running.visitor();
    await signsInAtDesk(clerk, kimura);
    await clerk.opens(`/desk/cases/${number}/decisions/grant`);
    clerk.fills('理由', WHY);
    await objects(running.visitor(), link, WORDS);
    await running.clock.advance(time);
    await clerk.presses('お申し込みを承認する');
    await goesOn(clerk, kimura);
    expect(clerk.page.text).toContain('このページを開いたあとに、異議またはご説明が届きました。');
    expect(clerk.page.text).toContain(WORDS);
    expect(clerk.page.status).toBe(200);
    await pressesAtDesk(clerk, 'お申し込みを承認する');
    expect(clerk.page.notice).toContain('お申し込みを承認しました。');
  },
);

it('a decision is back without a word of that where nobody said anything', async () => {
  const { number } = await reviewedBeside(running);
  const mori = await deskPersonExists(running, { loginId: 'mori', name: '森' });
  const clerk = running.visitor();
  await signsInAtDesk(clerk, mori);
  await clerk.opens(`/desk/cases/${number}/decisions/grant`);
  clerk.fills('理由', WHY);
  await running.clock.advance('6 minutes');
  await clerk.presses('お申し込みを承認する');
  await provesAtDesk(clerk);
  expect(clerk.page.text).toContain('もう一度ボタンを押すと、操作が完了します。');
  expect(clerk.page.text).not.toContain('このページを開いたあとに');
});
