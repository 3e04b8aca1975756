import { startApp, type RunningApp } from '../../support/app.js';
import { answers, FACTOR, proved } from '../../support/factor-recovery.js';
import {
  beginsRemoval,
  enrolmentLink,
  lossMail,
  outcomeOf,
  provesCompany,
  reportsLoss,
  smallCompany,
  type SmallCompany,
} from '../../support/lost-factor.js';
import { isSignedIn } from '../../support/own-account.js';
import { choosesPassword, NEW_PASSWORD } from '../../support/recovery.js';
import { signsIn } from '../../support/registration.js';
import { isAsked } from '../../support/second-factor.js';

/** Thieves of an only administrator, by the things that they have, and how far these lead. */
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

it('with mailbox and invoice, but no password: the factor stands before a new one', async () => {
  const { sato, equipped } = company;
  const thief = await proved(running, sato);
  expect(thief.page.path).toContain(FACTOR);
  await answers(thief, await equipped.app.wrongCode());
  await thief.opens('/lost-factor');
  expect(thief.page.path).toBe('/login');
  await signsIn(thief, { ...sato, password: NEW_PASSWORD });
  expect(await isSignedIn(thief)).toBe(false);
});

it('with mailbox and invoice, where there is no factor: the password, as before', async () => {
  const { suzuki } = company;
  const thief = await proved(running, suzuki);
  await choosesPassword(thief);
  await thief.presses('登録');
  await signsIn(thief, { ...suzuki, password: NEW_PASSWORD });
  expect(await isSignedIn(thief)).toBe(true);
});

it('with the password and the invoice, but no mailbox: a mail warns the owner, and nothing begins', async () => {
  const { sato, corporation } = company;
  const thief = await reportsLoss(running, sato);
  expect((await lossMail(running, sato)).text).toContain('第三者がパスワードを知っています');
  const { corporateNumber, transferAccounts } = corporation;
  const fields = { corporateNumber, transferAccountNumber: transferAccounts[0]! };
  for (const path of ['/lost-factor/numbers', '/lost-factor/enrolment', '/lost-factor/objection']) {
    await thief.opens(path);
    expect([path, thief.page.status]).toEqual([path, 410]);
    const posted = await thief.sends('POST', path, { fields });
    expect([path, posted.status]).toEqual([path, 410]);
  }
  expect(await outcomeOf(running, sato)).toBeNull();
});

it('with password, mailbox and invoice: 72 hours in which the owner’s next sign-in ends it', async () => {
  const { sato, equipped } = company;
  await beginsRemoval(running, company);
  const owner = running.visitor();
  await signsIn(owner, sato);
  owner.fills('確認コード', await equipped.app.nextCode());
  await owner.presses('ログイン');
  expect(await outcomeOf(running, sato)).toBe('cancelled');
});

it('with the password alone, while the owner’s removal runs: the end belongs to the mailbox', async () => {
  const { sato } = company;
  await beginsRemoval(running, company);
  await enrolmentLink(running, sato);
  const thief = running.visitor();
  await signsIn(thief, sato);
  expect(isAsked(thief)).toBe(true);
  await thief.opens('/me/second-factor/totp');
  expect(thief.page.path).toContain('/login');
  await reportsLoss(running, sato);
  await thief.opens('/lost-factor/enrolment');
  expect(thief.page.status).toBe(410);
});

it('with the mailbox alone, while the owner’s removal runs: the end asks for the password', async () => {
  const { sato } = company;
  await beginsRemoval(running, company);
  const thief = running.visitor();
  await thief.opens(await enrolmentLink(running, sato));
  for (let tries = 0; tries < 6; tries += 1) {
    thief.fills('パスワード', `raten-2026-mochi-${tries}`);
    await thief.presses('設定へ進む');
    expect(thief.page.status).toBe(422);
  }
  thief.fills('パスワード', sato.password);
  await thief.presses('設定へ進む');
  expect(thief.page.errors.join()).toContain('パスワードを確認できませんでした');
});

it('with a link of another person in the same browser: numbers typed for one do nothing for the other', async () => {
  const { sato, corporation } = company;
  const person = await reportsLoss(running, sato);
  await person.opens(running.mailbox.linkIn(await lossMail(running, sato)));
  const other = await smallCompany(running);
  const second = await reportsLoss(running, other.sato);
  const newer = running.mailbox.linkIn(await lossMail(running, other.sato));
  await person.tab().opens(newer);
  await provesCompany(person, corporation);
  expect(await outcomeOf(running, sato)).toBeNull();
  expect(await outcomeOf(running, other.sato)).toBeNull();
  expect(second.page.status).toBe(200);
});
