import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import {
  beginsRemoval,
  lossMail,
  outcomeOf,
  reportsLoss,
  smallCompany,
} from '../support/lost-factor.js';
import { companyExists, signedIn, type Company } from '../support/members.js';
import { isSignedIn } from '../support/own-account.js';
import type { Member } from '../support/people.js';
import { signsIn } from '../support/registration.js';
import { confirmsChange, gives, hasFactor, type Equipped } from '../support/second-factor.js';

let running: RunningApp;
let company: Company;
let equipped: Equipped;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());
beforeEach(async () => {
  company = await companyExists(running);
  equipped = await hasFactor(running, company.sato);
});
afterEach(() => running.clock.reset());

/** 佐藤 with a factor that was given just now. */
async function administrator(): Promise<Visitor> {
  const person = running.visitor();
  await signsIn(person, company.sato);
  await gives(person, await equipped.app.nextCode());
  return person;
}

async function toldIn({ email }: Member): Promise<string> {
  return (await running.mailbox.mailTo(email, '2段階認証の解除のお知らせ')).text;
}

async function takesOff(person: Visitor, { id }: Member): Promise<void> {
  await person.opens(`/accounts/${id}`);
  await person.follows('2段階認証を解除する');
  await person.presses('2段階認証を解除する');
}

/** Up to its end; the act asks again what the sign-in was given. */
async function takesOffByFactor(member: Member): Promise<void> {
  const person = await administrator();
  await takesOff(person, member);
  await confirmsChange(person, await equipped.app.nextCode());
}

it('is asked for by its person, whom the mail leads to the administrators and they find', async () => {
  const { suzuki, sato } = company;
  await hasFactor(running, suzuki);
  await reportsLoss(running, suzuki);
  const { text } = await lossMail(running, suzuki);
  expect(text).toContain('次の管理者の方に、2段階認証の解除をご依頼ください。');
  expect(text).toContain(`${sato.name} 様`);
  const person = await administrator();
  await person.opens('/');
  expect(person.page.text).toContain('確認コードを入力できなくなった方が1名います');
  await person.opens(person.page.content('.gk-task--urgent').getAttribute('href')!);
  await person.follows(`${suzuki.name} 様`);
  await person.follows('2段階認証を解除する');
  await person.presses('2段階認証を解除する');
  await confirmsChange(person, await equipped.app.nextCode());
  await person.opens('/');
  expect(person.page.text).not.toContain('確認コードを入力できなくなった方');
});

it('is done at once by an administrator with a fresh factor, for staff and for another administrator', async () => {
  const { suzuki, tanaka } = company;
  for (const member of [suzuki, tanaka]) {
    const { codes } = await hasFactor(running, member);
    const phone = running.visitor();
    await signsIn(phone, member);
    phone.checks('今お使いの端末では、30日間、確認コードの入力を省略する');
    await phone.follows('認証アプリが使えないときは、リカバリーコードを使う');
    phone.fills('リカバリーコード', codes[0]!);
    await phone.presses('ログイン');
    await takesOffByFactor(member);
    if (member === suzuki)
      expect(await toldIn(tanaka)).toContain('鈴木 一郎 様の2段階認証を解除しました');
    expect(await isSignedIn(phone)).toBe(false);
    expect(await toldIn(member)).toContain('佐藤 花子 様が、お客様の2段階認証を解除しました');
    const anew = running.visitor();
    await signsIn(anew, member);
    expect(await isSignedIn(anew)).toBe(true);
  }
  const { rows } = await running.pool.query(
    `select facts ->> 'target' as target from audit_entries
     where act = 'second-factor-removal' and reason = 'done' and account_id = $1 order by id`,
    [company.sato.id],
  );
  expect(rows).toEqual([{ target: suzuki.id }, { target: tanaka.id }]);
});

it('asks for the factor when it is not fresh, and for nothing else', async () => {
  const { suzuki } = company;
  await hasFactor(running, suzuki);
  const person = await administrator();
  await running.clock.advance('6 minutes');
  await takesOff(person, suzuki);
  expect(person.page.status).toBe(403);
  expect(person.page.text).not.toContain('現在のパスワード');
  person.fills('確認コード', await equipped.app.code());
  await person.presses('操作を続ける');
  expect(person.page.notice).toContain('2段階認証を解除し');
});

it('is refused to an administrator without a factor, for the own one, and for who has none', async () => {
  const { suzuki, tanaka, sato } = company;
  await hasFactor(running, suzuki);
  const bare = await signedIn(running, tanaka);
  await bare.opens(`/accounts/${suzuki.id}`);
  expect(bare.page.text).toContain('設定すると、この方の2段階認証を解除できるようになります。');
  expect(bare.page.html).not.toContain(`/accounts/${suzuki.id}/second-factor`);
  await bare.opens(`/accounts/${suzuki.id}/second-factor`);
  expect([bare.page.status, bare.page.text.includes('先に、ご自分の')]).toEqual([409, true]);
  const posted = await bare.sends('POST', `/accounts/${suzuki.id}/second-factor`, { fields: {} });
  expect(posted.status).toBe(409);
  const person = await administrator();
  for (const { id } of [sato, tanaka]) {
    await person.opens(`/accounts/${id}/second-factor`);
    expect(person.page.status).toBe(409);
  }
  const left = await running.pool.query('select from totp_secrets where account_id = any($1)', [
    [suzuki.id, sato.id],
  ]);
  expect(left.rowCount).toBe(2);
});

it('ends a removal that runs for the person', async () => {
  const small = await smallCompany(running);
  const { corporation, sato, suzuki } = small;
  await beginsRemoval(running, small);
  const given = { corporation, loginId: `new-${sato.loginId}`, name: '新井 恵' };
  const arai = await running.people.administratorExists(given);
  const { app } = await hasFactor(running, arai);
  const person = running.visitor();
  await signsIn(person, arai);
  await gives(person, await app.nextCode());
  await takesOff(person, sato);
  await confirmsChange(person, await app.nextCode());
  expect(await outcomeOf(running, sato)).toBe('taken-off');
  const { text } = await running.mailbox.mailTo(suzuki.email, '手続きが終わりました');
  expect(text).toContain('ほかの管理者の方が2段階認証を解除したため');
});
