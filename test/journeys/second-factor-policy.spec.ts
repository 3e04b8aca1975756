import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { Operator } from '../support/command.js';
import {
  choosesPolicy,
  companyThatAsks,
  governedCompany,
  POLICIES,
  switchesTo,
} from '../support/factor-policy.js';
import { companyExists, signedIn } from '../support/members.js';
import { outcomesOf } from '../support/own-account.js';

const CHANGED = '2段階認証の設定を「管理者に求める」に変更しました。';
const ASKED = 'まだ設定していない方には、期限をメールでお知らせします。';
const CHANGE_TOLD = '2段階認証の設定変更のお知らせ';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());
beforeEach(() => running.clock.stopsAt(new Date('2026-11-22T09:00:00+09:00')));

const rowsOf = ({ page }: Visitor): string[] =>
  page.root.querySelectorAll('tbody tr').map((row) => row.structuredText.replaceAll(/\s+/g, ' '));

describe('the page of the policy', () => {
  it('asks an administrator without a factor to set one up first, and takes no change', async () => {
    const { sato } = await companyExists(running);
    const person = await signedIn(running, sato);
    await person.opens('/security');
    expect(person.page.h1).toBe('セキュリティ設定');
    expect(person.page.text).toContain('どなたにも求めない');
    expect(person.page.text).toContain('先にご自分の2段階認証を設定してください。');
    expect(person.page.root.querySelector('main input')).toBeNull();
    expect(person.page.content('.gk-acts').structuredText).toMatch(
      /管理者に求める\s+管理者2名が対象です。うち2名は未設定です。\s+全員に求める\s+管理者を含む利用者3名が対象です。うち3名は未設定です。/,
    );
    await person.opens('/security/policy?policy=everybody');
    expect(person.page.path).toBe('/security');
    const fields = { policy: 'everybody', before: 'nobody' };
    await person.sends('POST', '/security/policy', { fields });
    await person.opens('/security');
    expect(person.page.text).toContain('どなたにも求めない');
    expect((await outcomesOf(running, 'second-factor-policy')).at(-1)).toBe(
      'second-factor-missing',
    );
  });

  it('shows who is not ready and from which day they would be asked, before anything changes', async () => {
    const { person, sato, tanaka, suzuki } = await governedCompany(running);
    expect(person.page.facts).toMatchObject({
      設定済みの管理者: '2名中1名',
      '設定済みの利用者（管理者を含む）': '3名中1名',
    });
    await choosesPolicy(person, 'administrators');
    expect(rowsOf(person)).toEqual([expect.stringMatching(`${tanaka.name}.*12/6 9:00`)]);
    await choosesPolicy(person, 'everybody');
    expect(person.page.h1).toBe('2段階認証の設定の変更');
    expect(rowsOf(person)).toEqual([
      expect.stringMatching(`${tanaka.name}.*12/6 9:00`),
      expect.stringMatching(`${suzuki.name}.*12/6 9:00`),
    ]);
    expect(person.page.text).toContain('14日後の2026年12月6日(日) 9時00分（日本時間）です。');
    await running.mailbox.nothingFor(tanaka.email);
    expect(person.page.text).not.toContain(sato.loginId);
    await person.opens('/security');
    expect(person.page.text).not.toContain('まだ設定していない方');
  });

  it('changes it for those who gave the factor just now, and tells the other administrators', async () => {
    const { person, equipped, sato, tanaka, suzuki } = await governedCompany(running);
    await running.clock.advance('6 minutes');
    await choosesPolicy(person, 'administrators');
    await person.presses('この内容に変更する');
    expect(person.page.h1).toBe('本人確認');
    person.fills('確認コード', await equipped.app.code());
    await person.presses('操作を続ける');
    expect(person.page.notice).toBe(
      `${CHANGED}ほかの管理者の方に、メールでお知らせします。${ASKED}`,
    );
    expect(person.page.text).toContain(POLICIES.administrators);
    expect(rowsOf(person)).toEqual([expect.stringContaining(tanaka.name)]);
    const told = await running.mailbox.mailTo(tanaka.email, CHANGE_TOLD);
    expect(told.text).toContain(`${sato.name} 様が、2段階認証を管理者に求める設定に変更しました。`);
    await running.mailbox.nothingFor(suzuki.email);
    await running.mailbox.nothingFor(sato.email);
    expect((await outcomesOf(running, 'second-factor-policy')).at(-1)).toBe('done');
  });

  it('says of no mail where there is no other administrator', async () => {
    const { person, tanaka } = await governedCompany(running);
    await running.pool.query(`update accounts set role = 'staff' where id = $1`, [tanaka.id]);
    await switchesTo(person, 'administrators');
    expect(person.page.notice).toBe(CHANGED + ASKED);
  });

  it('tells the same of a lower one, and asks for the factor before it', async () => {
    const { person, equipped, sato, tanaka } = await companyThatAsks(running, 'everybody');
    await running.mailbox.mailTo(tanaka.email, CHANGE_TOLD);
    await running.clock.advance('6 minutes');
    await choosesPolicy(person, 'nobody');
    expect(person.page.text).toContain('2段階認証の設定をどなたにも求めません。');
    await person.presses('この内容に変更する');
    expect(person.page.h1).toBe('本人確認');
    person.fills('確認コード', await equipped.app.code());
    await person.presses('操作を続ける');
    expect(person.page.notice).toBe(
      '2段階認証の設定を「どなたにも求めない」に変更しました。ほかの管理者の方に、メールでお知らせします。',
    );
    expect(person.page.text).toContain(POLICIES.nobody);
    const told = await running.mailbox.mailTo(tanaka.email, CHANGE_TOLD);
    expect(told.text).toContain(
      `${sato.name} 様が、2段階認証をどなたにも求めない設定に変更しました。`,
    );
  });

  it('changes nothing from a page that is not of today', async () => {
    const { person } = await companyThatAsks(running, 'administrators');
    const fields = { policy: 'everybody', before: 'nobody' };
    await person.sends('POST', '/security/policy', { fields });
    await person.opens('/security');
    expect(person.page.text).toContain(POLICIES.administrators);
    expect((await outcomesOf(running, 'second-factor-policy')).at(-1)).toBe('changed-meanwhile');
    await person.opens('/security/policy?policy=administrators');
    expect(person.page.text).toContain('選んだ内容は、現在の設定と同じです。');
    for (const policy of ['', 'all', '<i>']) {
      await person.opens(`/security/policy?policy=${encodeURIComponent(policy)}`);
      expect(person.page.h1).toBe('セキュリティ設定');
    }
  });

  it('keeps the day of those who were asked before it was raised', async () => {
    const { person, tanaka, suzuki } = await companyThatAsks(running, 'administrators');
    await running.clock.stopsAt(new Date('2026-11-22T09:04:00+09:00'));
    await switchesTo(person, 'everybody');
    expect(rowsOf(person)).toEqual([
      expect.stringMatching(`${tanaka.name}.*12/6 9:00`),
      expect.stringMatching(`${suzuki.name}.*12/6 9:04`),
    ]);
  });
});

it('shows on the TOP page, in the list, on the page of a person and to the desk who is not ready', async () => {
  const { person, tanaka, suzuki, sato } = await companyThatAsks(running, 'everybody');
  await person.opens('/');
  expect(person.page.text).toContain(
    '2段階認証をまだ設定していない方が、ご自分を除いて2名います。',
  );
  expect(person.page.text).not.toContain('までに、2段階認証を設定してください。');
  const staff = await signedIn(running, suzuki);
  expect(staff.page.text).toContain(
    '2026年12月6日(日) 9時00分（日本時間）までに、2段階認証を設定してください。',
  );
  const administrator = await signedIn(running, tanaka);
  expect(administrator.page.text).toContain('までに、2段階認証を設定してください。');
  expect(administrator.page.text).not.toContain('今、ご確認いただくことはありません。');
  await person.opens('/accounts?factor=missing');
  const names = () => person.page.root.querySelectorAll('tbody th a').map((link) => link.text);
  expect(names().sort()).toEqual([tanaka.name, suzuki.name].sort());
  await person.opens('/accounts?factor=set-up');
  expect(names()).toEqual([sato.name]);
  await person.opens(`/accounts?factor=missing&q=${encodeURIComponent('鈴木')}`);
  expect(names()).toEqual([suzuki.name]);
  await person.opens(`/accounts/${suzuki.id}`);
  expect(person.page.facts['2段階認証']).toBe('未設定（期限：2026年12月6日(日) 9時00分）');
  await person.opens(`/accounts/${sato.id}`);
  expect(person.page.facts['2段階認証']).toContain('設定済み（2026年11月22日');
  const desk = new Operator(running);
  const shown = async (loginId: string) => (await desk.types('account', 'show', loginId)).out;
  expect(await shown(suzuki.loginId)).toContain('2026-12-06T00:00:00.000Z');
  expect(await shown(sato.loginId)).toContain('2026-11-22T00:00:00.000Z');
});
