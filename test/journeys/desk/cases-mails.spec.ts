import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import { atDesk, deskCases, strangerAsks } from '../../support/desk-case.js';
import { WHY } from '../../support/desk-clerk.js';
import {
  beginsRemoval,
  newsMail,
  objectsToRemoval,
  smallCompany,
} from '../../support/lost-factor.js';
import { hasFactor } from '../../support/second-factor.js';
import { reviewedByDesk } from '../../support/proof.js';
import { applicant } from '../../support/registration.js';
import { objectionLink, objects, takesOver } from '../../support/succession.js';

let running: RunningApp;
let nakai: Visitor;
beforeAll(async () => {
  running = await startApp();
  nakai = await atDesk(running, 'nakai', '中井');
});
beforeEach(() => running.pool.query('truncate limit_counters'));
afterAll(() => running.stop());

/** Whom its page names, with what became of each mail. */
async function mailsOf(number: string): Promise<string> {
  await nakai.opens(`/desk/cases/${number}`);
  const table = nakai.page.root
    .querySelectorAll('.gk-table')
    .find((each) => each.querySelector('caption')!.text === 'この事案のメール');
  return table?.text.replace(/\s+/g, ' ') ?? '';
}

const isSaid = async (number: string) =>
  (await mailsOf(number)).split('パスワード再登録のご案内').length - 1;

describe('the mails of a case', () => {
  it('are those to both sides and the billing contact, and no others', async () => {
    const corporation = await running.people.corporationExists({
      corporateNumber: '7700001',
      name: '株式会社くすのき',
      billingEmail: 'keiri@kusunoki.example',
    });
    const of = (loginId: string, name: string) =>
      running.people.administratorExists({ corporation, loginId, name });
    const sato = await of('sato-kusunoki', '佐藤 花子');
    const kato = await of('kato-kusunoki', '加藤 進');
    const suzuki = applicant('suzuki-kusunoki', { name: '鈴木 一郎' });
    await takesOver(running, { corporation, sato, suzuki });
    await objects(running.visitor(), await objectionLink(running, sato));
    await running.visitor().sends('POST', '/password-reset', { fields: { email: kato.email } });
    await running.mailbox.everythingIsSent();
    const [{ number } = { number: '' }] = await deskCases(running, corporation);
    const mails = await mailsOf(number);
    for (const email of [suzuki.email, sato.email, kato.email, 'keiri@kusunoki.example'])
      expect(mails).toContain(email);
    expect(mails).toContain('ご利用の一時停止について');
    expect(mails).toContain('相手のメールサーバーが受け取りました');
    expect(mails).not.toContain('パスワード再登録のご案内');
  });

  it('are those of its own time about its own matter', async () => {
    const company = await smallCompany(running);
    const { suzuki, corporation } = company;
    await hasFactor(running, suzuki);
    const resets = async () => {
      await running.clock.advance('11 minutes');
      const fields = { email: suzuki.email };
      await running.visitor().sends('POST', '/password-reset', { fields });
      await running.mailbox.everythingIsSent();
    };
    const does = async (path: string, field: string, button: string) => {
      await nakai.opens(path);
      nakai.fills(field, WHY);
      await nakai.presses(button);
      return (await deskCases(running, corporation)).at(-1)!.number;
    };
    const opens = () => does(`/desk/cases/new?account=${suzuki.id}`, '理由', '事案を作る');
    const older = await opens();
    await resets();
    expect(await isSaid(older)).toBe(1);
    await does(`/desk/cases/${older}`, '完了の理由', '完了にする');
    await resets();
    expect(await isSaid(older)).toBe(1);
    const newer = await opens();
    await resets();
    await beginsRemoval(running, company);
    await newsMail(running, suzuki.email);
    expect([await isSaid(older), await isSaid(newer)]).toEqual([1, 1]);
    for (const number of [older, newer])
      expect(await mailsOf(number)).not.toContain('2段階認証の解除');
  });

  it('are those to somebody who applied, asked, or lost a factor', async () => {
    const { number, email } = await reviewedByDesk(running, 'review-3');
    expect(await mailsOf(number)).toContain(email);
    const question = await strangerAsks(running, {
      name: '山本 花',
      email: 'yamamoto@else.example',
    });
    expect(await mailsOf(question)).toBe('');
    await nakai.follows('お客様に回答する');
    nakai.fills('回答', 'ご連絡ありがとうございます。');
    await nakai.presses('回答を送る');
    expect(await mailsOf(question)).toContain('yamamoto@else.example');
    const company = await smallCompany(running);
    await beginsRemoval(running, company);
    await objectsToRemoval(running, company);
    const [lost] = await deskCases(running, company.corporation);
    expect(await mailsOf(lost!.number)).toContain(company.sato.email);
  });
});
