import { startApp, type RunningApp } from '../support/app.js';
import { answers, proved } from '../support/factor-recovery.js';
import { holdsAccount } from '../support/held-company.js';
import {
  beginsRemoval,
  enrolmentLink,
  entersEnrolment,
  lossMail,
  newsMail,
  outcomeOf,
  provesCompany,
  reportsLoss,
  smallCompany,
  type SmallCompany,
} from '../support/lost-factor.js';
import { companyExists } from '../support/members.js';
import { isSignedIn, outcomesOf } from '../support/own-account.js';
import { choosesPassword } from '../support/recovery.js';
import { signsIn } from '../support/registration.js';
import {
  AuthenticatorApp,
  gives,
  givesRecoveryCode,
  hasFactor,
  isAsked,
  shownCodes,
} from '../support/second-factor.js';

let running: RunningApp;
let company: SmallCompany;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());
beforeEach(async () => {
  company = await smallCompany(running);
});
afterEach(() => running.clock.reset());

it('leads the only administrator to another app, after everybody was told and 72 hours passed', async () => {
  const { sato, suzuki, yamada, billing, equipped } = company;
  await beginsRemoval(running, company);
  for (const address of [sato.email, suzuki.email, yamada.email, billing]) {
    const { text } = await newsMail(running, address);
    expect([address, text.includes('/lost-factor/objection/')]).toEqual([address, true]);
    expect(text).toContain('佐藤 花子 様');
  }
  const { subject } = await running.mailbox.mailTo(running.config.deskMail, sato.loginId);
  expect(subject).toContain('2段階認証の解除の手続き');
  const person = await entersEnrolment(running, await enrolmentLink(running, sato), sato);
  expect(person.page.h1).toBe('認証アプリの設定');
  expect(person.page.text).not.toContain('戻る');
  const app = new AuthenticatorApp(running, person.page.content('#totp-key').text);
  person.fills('確認コード', await app.code());
  await person.presses('確認して設定する');
  const codes = shownCodes(person);
  expect(codes).toHaveLength(10);
  await person.opens('/accounts');
  expect(person.page.h1).toBe('担当者情報変更');
  const told = await running.mailbox.mailTo(suzuki.email, '2段階認証の解除の手続きが終わりました');
  expect(told.text).toContain('新しい認証アプリが設定され');
  expect(await outcomeOf(running, sato)).toBe('completed');
  const again = running.visitor();
  await signsIn(again, sato);
  await gives(again, await equipped.app.nextCode());
  expect(isAsked(again)).toBe(true);
  await givesRecoveryCode(again, equipped.codes[0]!);
  expect(isAsked(again)).toBe(true);
  again.fills('リカバリーコード', codes[0]!);
  await again.presses('ログイン');
  expect(await isSignedIn(again)).toBe(true);
});

it('tells the password alone nothing: one page for all, and the mailbox what the way is', async () => {
  const { sato, suzuki } = company;
  const other = await companyExists(running);
  await hasFactor(running, suzuki);
  await hasFactor(running, other.sato);
  const pages = [];
  for (const member of [sato, suzuki, other.sato]) {
    const person = running.visitor();
    await signsIn(person, member);
    await person.follows('確認コードを入力できない方');
    const asked = person.page.text;
    await person.presses('お手続きのご案内を受け取る');
    pages.push([asked, person.posted!.headers.location, person.page.text]);
  }
  expect(new Set(pages.map((page) => JSON.stringify(page))).size).toBe(1);
  expect((await lossMail(running, sato)).text).toContain('/lost-factor/');
  const toStaff = (await lossMail(running, suzuki)).text;
  expect([toStaff.includes('佐藤 花子 様'), toStaff.includes('/lost-factor/')]).toEqual([
    true,
    false,
  ]);
  expect((await lossMail(running, other.sato)).text).toContain('田中 健 様');
});

it('is closed to whoever gave no right password, and to the password after five minutes', async () => {
  const { sato } = company;
  const stranger = running.visitor();
  await stranger.opens('/lost-factor');
  expect(stranger.page.path).toBe('/login');
  await stranger.sends('POST', '/lost-factor', { fields: {} });
  await signsIn(stranger, { ...sato, password: 'falsch-2026-mochi' });
  await stranger.opens('/lost-factor');
  expect(stranger.page.path).toBe('/login');
  await signsIn(stranger, sato);
  await running.clock.advance('6 minutes');
  await stranger.opens('/lost-factor');
  expect(stranger.page.path).toBe('/login');
  await running.mailbox.isReadBy(sato.email);
});

it('asks for the numbers of this company, counted, behind the mailbox', async () => {
  const { sato, corporation } = company;
  const other = await companyExists(running);
  const person = await reportsLoss(running, sato);
  await person.opens(running.mailbox.linkIn(await lossMail(running, sato)));
  await provesCompany(person, other.corporation);
  expect(person.page.errors.join()).toContain('組み合わせを確認できませんでした');
  for (let tries = 0; tries < 4; tries += 1)
    await provesCompany(person, { ...corporation, transferAccounts: ['9999999'] });
  await person.opens('/lost-factor/numbers');
  expect(person.page.status).toBe(429);
  expect(await outcomeOf(running, sato)).toBeNull();
});

it('begins once: a link that was used, a second report', async () => {
  const { sato, corporation } = company;
  const first = await reportsLoss(running, sato);
  const link = running.mailbox.linkIn(await lossMail(running, sato));
  await first.opens(link);
  const second = running.visitor();
  await second.opens(link);
  await provesCompany(first, corporation);
  await provesCompany(second, corporation);
  expect([second.page.status, second.page.h1]).toEqual([410, 'このURLはすでに使われています']);
  await reportsLoss(running, sato);
  const { text } = await lossMail(running, sato);
  expect([text.includes('すでに始まっています'), text.includes('/lost-factor/')]).toEqual([
    true,
    false,
  ]);
});

it('is not begun by who has another administrator by now', async () => {
  const { sato, corporation } = company;
  const person = await reportsLoss(running, sato);
  await person.opens(running.mailbox.linkIn(await lossMail(running, sato)));
  const given = { corporation, loginId: `second-${sato.loginId}`, name: '新井 恵' };
  await running.people.administratorExists(given);
  await provesCompany(person, corporation);
  expect([person.page.status, person.page.h1]).toEqual([410, 'この手続きはご利用いただけません']);
  expect(await outcomeOf(running, sato)).toBeNull();
});

it('leads nowhere after a new password', async () => {
  const { sato, equipped } = company;
  await reportsLoss(running, sato);
  const link = running.mailbox.linkIn(await lossMail(running, sato));
  const owner = await proved(running, sato);
  await answers(owner, await equipped.app.nextCode());
  await choosesPassword(owner);
  await owner.presses('登録');
  await owner.opens(link);
  expect(owner.page.status).toBe(410);
});

it('says on the used link of the mail from when on another app can be set up, while that is to come', async () => {
  await running.clock.stopsAt(new Date('2026-11-23T09:00:00+09:00'));
  const person = await reportsLoss(running, company.sato);
  const link = running.mailbox.linkIn(await lossMail(running, company.sato));
  await person.opens(link);
  await provesCompany(person, company.corporation);
  const again = running.visitor();
  await again.opens(link);
  expect(again.page.text).toContain('このURLでの手続きは、すでに受け付けています。');
  expect(again.page.text).toContain(
    '2026年11月26日(木) 9時00分（日本時間）を過ぎると、新しい認証アプリを設定できます。',
  );
  await running.clock.advance('73 hours');
  await again.opens(link);
  expect(again.page.text).not.toContain('を過ぎると');
});

it('writes down that the password was changed while the link was used', async () => {
  const { sato } = company;
  await beginsRemoval(running, company);
  const link = await enrolmentLink(running, sato);
  const held = await holdsAccount(running, sato);
  const entering = entersEnrolment(running, link, sato);
  await held.isWaitedFor(1);
  const change = `update accounts set password_hash = left(password_hash, -4) || 'AAAA' where id = $1`;
  await held.holder.query(change, [sato.id]);
  await held.letsGo();
  expect((await entering).page.status).toBe(422);
  expect((await outcomesOf(running, 'lost-factor-enrolment')).at(-1)).toBe('password-wrong');
});
