import { inUnitOfWork } from '../../../src/database/unit-of-work.js';
import { CleanUp } from '../../../src/jobs/clean-up.js';
import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import { atDesk, strangerAsks } from '../../support/desk-case.js';
import { reviewedByDesk } from '../../support/proof.js';
import { applicant, signsIn } from '../../support/registration.js';
import { applies, leftBehind } from '../../support/succession.js';

const YAMAMOTO = {
  name: '山本 花',
  email: 'Yamamoto@Else.example',
  corporationName: '株式会社みなと商会',
};

let running: RunningApp;
let nakai: Visitor;
let question: string;
beforeAll(async () => {
  running = await startApp();
  nakai = await atDesk(running, 'nakai', '中井');
  question = await strangerAsks(running, YAMAMOTO);
});
beforeEach(() => running.pool.query('truncate limit_counters'));
afterEach(() => running.clock.reset());
afterAll(() => running.stop());

async function searches(text: string): Promise<void> {
  await nakai.opens(`/desk/search?q=${encodeURIComponent(text)}`);
}

describe('a question of somebody who is not signed in', () => {
  it.each(['山本', '山本花', 'yamamoto@else.example', 'みなと商会', '株式会社みなと'])(
    'is found by %s',
    async (text) => {
      await searches(text);
      await nakai.follows(question);
      expect(nakai.page.h1).toBe(`事案 ${question}`);
    },
  );

  it('is found in whichever form of a kanji its names are written or said', async () => {
    const named = { name: '齋藤 邉', email: 'saito@else.example', corporationName: '廣田商店' };
    const asked = await strangerAsks(running, named);
    for (const text of ['斉藤', '斎藤辺', '広田']) {
      await searches(text);
      expect(nakai.page.text).toContain(asked);
    }
  });

  it('stands in the lists with who asks, as nobody proved', async () => {
    for (const path of ['/desk', '/desk/cases', '/desk/search?q=山本']) {
      await nakai.opens(path);
      const row = nakai.page.content(`tr:has(a[href="/desk/cases/${question}"])`).text;
      expect([path, row]).toEqual([path, expect.stringContaining('山本 花 様')]);
      expect([path, row]).toEqual([path, expect.stringContaining('株式会社みなと商会 未確認')]);
    }
  });

  it('keeps its words sealed', async () => {
    const { rows } = await running.pool.query<{ row: string }>(
      'select row_to_json(d)::text as row from desk_cases d where case_number = $1',
      [question],
    );
    expect(rows[0]!.row).toContain('山本 花');
    expect(rows[0]!.row).not.toContain('請求書をなくしました');
  });
});

it('a question of somebody who is signed in is found by that person', async () => {
  const { sato, corporation } = await leftBehind(running);
  const person = running.visitor();
  await signsIn(person, sato);
  await person.opens('/contact');
  await person.submits({ message: 'メールが届きません。' });
  const number = person.page.facts.受付番号!;
  for (const text of [sato.email, sato.loginId]) {
    await searches(text);
    const row = nakai.page.content(`tr:has(a[href="/desk/cases/${number}"])`).text;
    expect(row).toContain('佐藤 花子 様');
    expect(row).toContain(corporation.name);
    expect(row).not.toContain('未確認');
  }
});

describe('an application', () => {
  it('is found by the name of the applicant', async () => {
    const left = await leftBehind(running);
    const entered = applicant('hamada-1', { name: '浜田 遥' });
    await applies(running.visitor(), left.corporation, entered);
    await searches('浜田');
    expect(nakai.page.text).toContain('管理者の登録の事案');
    expect(nakai.page.text).toContain('浜田 遥');
  });

  it('that the desk reviews is found by its sealed mail address', async () => {
    const { number, email } = await reviewedByDesk(running, 'okada-1');
    await searches(email);
    await nakai.follows(number);
    expect(nakai.page.facts.氏名).toBe('岡田 真 様');
  });
});

it('who asked is forgotten with the question', async () => {
  const number = await strangerAsks(running, { ...YAMAMOTO, name: '古田 進' });
  await nakai.opens(`/desk/cases/${number}`);
  nakai.fills('完了の理由', '解決しました');
  await nakai.presses('完了にする');
  await running.clock.advance('91 days');
  await inUnitOfWork(() => running.app.get(CleanUp).run());
  const { rows } = await running.pool.query<{ row: string }>(
    'select row_to_json(d)::text as row from desk_cases d where case_number = $1',
    [number],
  );
  expect(rows[0]!.row).not.toMatch(/古田|みなと|ミナト|yamamoto/i);
});
