import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { Operator } from '../support/command.js';
import { atDesk, decides, deskCases, type StoredCase } from '../support/desk-case.js';
import { NAKAI, TAMURA } from '../support/desk-people.js';
import {
  beginsRemoval,
  lossMail,
  newsMail,
  outcomeOf,
  reportsLoss,
  smallCompany,
  type SmallCompany,
} from '../support/lost-factor.js';
import { signedIn } from '../support/members.js';
import { asked, AuthenticatorApp, gives } from '../support/second-factor.js';

let running: RunningApp;
let company: SmallCompany;
let owner: Visitor;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());
beforeEach(async () => {
  company = await smallCompany(running);
  owner = await asked(running, company.sato);
  await gives(owner, await company.equipped.app.nextCode());
});
afterEach(() => running.clock.reset());

/** The owner answered the question before the removal began, and goes on behind it. */
async function hasGivenFactor(act: string): Promise<void> {
  await running.pool.query('update sessions set factor_given_for = $2 where account_id = $1', [
    company.sato.id,
    act,
  ]);
}

async function takesOff(): Promise<void> {
  await owner.opens('/me/second-factor/removal');
  await owner.presses('2段階認証を解除する');
  expect(owner.page.text).toContain('未設定');
}

async function exchanges(): Promise<void> {
  await owner.opens('/me/second-factor/exchange');
  const app = new AuthenticatorApp(running, owner.page.content('#totp-key').text);
  owner.fills('確認コード', await app.code());
  await owner.presses('確認して切り替える');
  expect(owner.page.notice).toContain('認証アプリを切り替えました。');
}

async function renews(): Promise<void> {
  await owner.opens('/me/second-factor/recovery-codes/renewal');
  await owner.presses('新しく10個発行する');
  expect(owner.page.notice).toContain('リカバリーコードを新しく発行しました。');
}

const CHANGES = {
  removal: takesOff,
  exchange: exchanges,
  'recovery-codes': renews,
};

describe.each(Object.entries(CHANGES))(
  'the %s of a factor that somebody says is lost',
  (act, changes) => {
    it('ends the removal that its person is said to have begun, and tells everybody', async () => {
      await beginsRemoval(running, company);
      await newsMail(running, company.yamada.email);
      await hasGivenFactor(act);
      await changes();
      expect(await outcomeOf(running, company.sato)).toBe('cancelled');
      const { text } = await running.mailbox.mailTo(
        company.yamada.email,
        '2段階認証の解除の手続きが取り消されました',
      );
      expect(text).toContain('このお手続きで2段階認証が解除されることは、もうありません。');
      const colleague = await signedIn(running, company.suzuki);
      expect(colleague.page.text).not.toContain('お手続きが進んでいます');
    });

    it('ends the one that the desk began', async () => {
      const operator = new Operator(running);
      for (const by of [TAMURA, NAKAI])
        await operator.types('account', 'remove-factor', company.sato.loginId, ...by);
      expect(await outcomeOf(running, company.sato)).toBeNull();
      await hasGivenFactor(act);
      await changes();
      expect(await outcomeOf(running, company.sato)).toBe('cancelled');
    });
  },
);

it.each(['removal', 'exchange'] as const)('the %s closes the case of the desk', async (act) => {
  await new Operator(running).types('account', 'remove-factor', company.sato.loginId, ...TAMURA);
  expect((await deskCases(running, company.corporation)).map(({ state }) => state)).toEqual([
    'new',
  ]);
  await hasGivenFactor(act);
  await CHANGES[act]();
  const cases = await deskCases(running, company.corporation);
  expect(cases.map(({ state }) => state)).toEqual(['done']);
});

it('a first word does not outlive its case, however that ended', async () => {
  const operator = new Operator(running);
  const asks = (by: string[]) =>
    operator.types('account', 'remove-factor', company.sato.loginId, ...by);
  await asks(TAMURA);
  await running.pool.query(`update desk_cases set state = 'done' where subject = $1`, [
    company.sato.id,
  ]);
  await asks(NAKAI);
  const { rows } = await running.pool.query(
    `select first_operator as first, began_at as began from factor_removals
     where account_id = $1 and outcome is null`,
    [company.sato.id],
  );
  expect(rows).toEqual([{ first: '中井', began: null }]);
});

it('the page of a case that a use closed takes a word once it is opened again', async () => {
  await new Operator(running).types('account', 'remove-factor', company.sato.loginId, ...TAMURA);
  await hasGivenFactor('exchange');
  await exchanges();
  const clerk = await atDesk(running, `clerk-${company.sato.loginId}`, '三浦');
  const [{ number }] = (await deskCases(running, company.corporation)) as [StoredCase];
  await clerk.opens(`/desk/cases/${number}`);
  expect(clerk.page.text).not.toContain('この事案の判断');
  clerk.fills('再開の理由', 'もう一度お電話をいただきました');
  await clerk.presses('対応を再開する');
  await decides(clerk, number, '2段階認証の解除を始める');
  const cases = await deskCases(running, company.corporation);
  expect(cases.map((one) => [one.number, one.state])).toEqual([[number, 'in-work']]);
});

it('a change voids the mailed link that would begin one', async () => {
  await reportsLoss(running, company.sato);
  const link = running.mailbox.linkIn(await lossMail(running, company.sato));
  await hasGivenFactor('exchange');
  await exchanges();
  const thief = running.visitor();
  await thief.opens(link);
  expect([thief.page.status, thief.page.h1]).toEqual([410, 'このURLは、もうご利用いただけません']);
});
