import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import { atDesk, decides, historyOf } from '../../support/desk-case.js';
import { reviewedByDesk } from '../../support/proof.js';
import { signsIn } from '../../support/registration.js';

let running: RunningApp;
let nakai: Visitor;
beforeAll(async () => {
  running = await startApp();
  nakai = await atDesk(running, 'nakai', '中井');
});
beforeEach(() => running.pool.query('truncate limit_counters'));
afterAll(() => running.stop());

describe('the reason of a refused application', () => {
  const REASON = '代表の方に心当たりがないとのこと';

  it('stands in the case and in the company’s log, as the form promises', async () => {
    const { number, company, email } = await reviewedByDesk(running, 'review-why');
    const administrator = await running.people.administratorExists({
      corporation: company,
      loginId: 'hirano',
      name: '平野 葵',
    });
    await nakai.opens(`/desk/cases/${number}/decisions/refuse`);
    expect(nakai.page.facts.お申し込みの方).toBe(`岡田 真 様 ${email} 確認済み`);
    expect(nakai.page.text).toContain('お申し込みの方にはお知らせしません。');
    expect(nakai.page.text).toContain('法人の管理者が見る操作の記録に残ります。');
    await decides(nakai, number, 'お申し込みを却下する', REASON);
    expect(historyOf(nakai)[0]).toContain(`中井 さん： 判断 お申し込みを却下する ${REASON}`);
    const mail = await running.mailbox.mailTo(email, 'お申し込みについて');
    expect(mail.text).not.toContain(REASON);
    const person = running.visitor();
    await signsIn(person, administrator);
    await person.opens('/log');
    expect(person.page.text).toContain(`理由：${REASON}`);
  });

  it('without a company stays with the desk', async () => {
    const { number } = await reviewedByDesk(running, 'review-none', false);
    await nakai.opens(`/desk/cases/${number}/decisions/refuse`);
    expect(nakai.page.text).toContain(
      'この事案と担当窓口の記録に残ります。お客様にはお知らせしません。',
    );
    await decides(nakai, number, 'お申し込みを却下する', REASON);
    expect(historyOf(nakai)[0]).toContain(REASON);
  });
});

it('an applicant is found by the kana and the login ID that were typed, with what to say', async () => {
  const { number, email, company } = await reviewedByDesk(running, 'mori.o');
  for (const line of ['サトウ ハナコ', 'さとう', 'mori.o', 'MORI.', email]) {
    await nakai.opens(`/desk/search?q=${encodeURIComponent(line)}`);
    expect([line, nakai.page.text]).toEqual([line, expect.stringContaining(number)]);
  }
  await nakai.follows(number);
  expect(nakai.page.content('.gk-diagnosis__verdict').text).toContain(
    '「担当窓口の審査」が原因です',
  );
  expect(nakai.page.content('.gk-diagnosis__sentence').text).toContain(
    'm…@review.example あてのメールでご案内します。',
  );
  await decides(nakai, number, 'お申し込みを却下する');
  await nakai.opens(`/desk/cases/${number}`);
  expect(nakai.page.content('.gk-diagnosis__sentence').text).toMatch(
    new RegExp(`お申し込み（${number}）は、.*お受けできないと決まりました`),
  );
  for (const path of [`/desk/search?q=${number}`, `/desk/corporations/${company.id}`]) {
    await nakai.opens(path);
    expect(nakai.page.text).toContain('担当窓口が却下');
    expect(nakai.page.text).not.toContain('取り消し');
  }
});

it('the desk reads which of the numbers fits', async () => {
  const { number, company } = await reviewedByDesk(running, 'review-half', false);
  await nakai.opens(`/desk/cases/${number}`);
  expect(nakai.page.facts).toMatchObject({
    法人名: `${company.name} 未確認`,
    番号の確認: '法人番号は一致。お振込先口座番号は、この法人のものと不一致',
  });
  expect(nakai.page.text).toContain('承認はできません。');
  await running.pool.query(`update corporations set state = 'closed' where id = $1`, [company.id]);
  await nakai.reloads();
  expect(nakai.page.facts.番号の確認).toContain('利用を終了した法人');
  await running.pool.query('update enrollments set corporate_number = $1 where case_number = $2', [
    '999999',
    number,
  ]);
  await nakai.reloads();
  expect(nakai.page.facts.番号の確認).toContain('この法人番号の法人はありません。');
});

it('a first registration at a company that has administrators by now is led to the succession', async () => {
  const { number, company, email } = await reviewedByDesk(running, 'review-late');
  await nakai.opens(`/desk/cases/${number}`);
  expect(nakai.page.text).toContain('承認の前に、');
  expect(nakai.page.text).toContain('お申し込みを承認する');
  await running.people.administratorExists({
    corporation: company,
    loginId: 'hirano-2',
    name: '平野 葵',
  });
  const before = nakai.tab();
  await before.opens(`/desk/cases/${number}/decisions/grant`);
  expect(before.page.path).toBe(`/desk/cases/${number}`);
  await nakai.reloads();
  expect(nakai.page.text).toContain('管理者のいる法人のため、承認はできません。');
  expect(nakai.page.text).not.toContain('承認の前に、');
  expect(nakai.page.text).not.toContain('お申し込みを承認する');
  await nakai.follows('管理者の追加登録を案内する');
  await nakai.presses('回答を送る');
  const mail = await running.mailbox.mailTo(email, number);
  expect(mail.text).toContain('/admin-enrollment');
  await decides(nakai, number, 'お申し込みを却下する');
  expect(historyOf(nakai)[0]).toContain('お申し込みを却下する');
});

it('an application at a company that is closed meanwhile can be granted once it is opened', async () => {
  const { number, company } = await reviewedByDesk(running, 'review-closed');
  const is = (state: string) =>
    running.pool.query('update corporations set state = $1 where id = $2', [state, company.id]);
  await is('closed');
  await nakai.opens(`/desk/cases/${number}`);
  expect(nakai.page.text).toContain('先に、法人のご利用を再開してください。');
  expect(nakai.page.text).not.toContain('お申し込みを承認する');
  await is('active');
  await nakai.reloads();
  expect(nakai.page.text).toContain('お申し込みを承認する');
});
