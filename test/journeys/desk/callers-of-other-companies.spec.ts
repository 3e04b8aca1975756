import { startApp, type RunningApp } from '../../support/app.js';
import { Clerk } from '../../support/desk-clerk.js';
import { invited, invites, office } from '../../support/invitation.js';
import { reviewedByDesk } from '../../support/proof.js';

const UNKNOWN = 'お名前に当てはまる方は見つかりません。';

let running: RunningApp;
let clerk: Clerk;
beforeAll(async () => {
  running = await startApp();
  clerk = await Clerk.sitsDown(running);
});
afterAll(() => running.stop());

describe('somebody with the number or name of another company', () => {
  it('who is registered, or invited, is found with the own company', async () => {
    const { corporation: other } = await office(running);
    await running.people.corporationExists({ corporateNumber: '660001', name: '小川商店' });
    const { corporation, person } = await office(running);
    const ogawa = { name: '小川 亮', nameKana: 'オガワ リョウ' };
    await running.people.staffExists({ corporation, loginId: 'ogawa-demo', ...ogawa });
    await invites(person, invited('ogata@sakura.example', { name: '緒方 健' }));
    for (const [who, name] of [
      ['小川亮', '小川 亮'],
      ['小川', '小川 亮'],
      ['ogawa-demo', '小川 亮'],
      ['緒方', '緒方 健'],
    ])
      for (const line of [
        `${other.corporateNumber} ${who}`,
        `${who} ${other.name}`,
        `${other.corporateNumber} ${other.name} ${who}様`,
      ]) {
        await clerk.searches(line);
        const { text } = clerk.page;
        for (const part of [name, corporation.name, other.name])
          expect([line, text]).toEqual([line, expect.stringContaining(part!)]);
        expect([line, text]).toEqual([line, expect.not.stringContaining(UNKNOWN)]);
        expect(text).not.toContain('/admin-enrollment');
      }
  });

  it('who is reviewed is found by the case, also beside the own company', async () => {
    await running.people.corporationExists({ corporateNumber: '660002', name: '岡田商店' });
    const { company, number } = await reviewedByDesk(running, 'okada-1');
    const { corporation: other } = await office(running);
    for (const said of [company, other])
      for (const beside of [said.corporateNumber, said.name])
        for (const who of ['岡田真', '岡田 真', 'okada-1']) {
          const line = `${beside} ${who}`;
          await clerk.searches(line);
          expect([line, clerk.page.text]).toEqual([line, expect.stringContaining(number)]);
          expect(clerk.page.text).not.toContain(UNKNOWN);
        }
  });
});

describe('a number that no company has', () => {
  const unknown = '法人番号「9999999」のご登録はありません。';

  it('is said to be unknown, instead of asked for', async () => {
    await clerk.searches('高田純 9999999');
    expect(clerk.page.text).toContain(unknown);
    expect(clerk.sentence).toContain('請求書の法人番号を、もう一度お聞かせください。');
    expect(clerk.page.text).not.toContain('法人番号を伺って検索');
  });

  it('hides neither the person beside it nor the company', async () => {
    const { corporation, sato } = await office(running);
    for (const [line, found] of [
      [`9999999 ${sato.loginId}`, sato.name],
      [`${corporation.name} 9999999`, corporation.corporateNumber],
    ] as const) {
      await clerk.searches(line);
      for (const part of [unknown, found]) expect(clerk.page.text).toContain(part);
      expect(clerk.page.text).not.toContain(UNKNOWN);
    }
  });
});
