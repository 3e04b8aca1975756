import { startApp, type RunningApp } from '../support/app.js';
import { answers, FACTOR, newLinkOf, proved } from '../support/factor-recovery.js';
import { companyExists, type Company } from '../support/members.js';
import { isSignedIn } from '../support/own-account.js';
import type { Member } from '../support/people.js';
import {
  asks,
  choosesPassword,
  entersNumbers,
  NEW_PASSWORD,
  withoutIds,
} from '../support/recovery.js';
import { signsIn } from '../support/registration.js';
import {
  gives,
  givesRecoveryCode,
  hasFactor,
  isAsked,
  type Equipped,
} from '../support/second-factor.js';

let running: RunningApp;
let company: Company;
let sato: Member;
let equipped: Equipped;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());
beforeEach(async () => {
  company = await companyExists(running);
  ({ sato } = company);
  equipped = await hasFactor(running, sato);
});
afterEach(() => running.clock.reset());

async function hashOf({ id }: Member): Promise<string> {
  const statement = 'select password_hash as hash from accounts where id = $1';
  return (await running.pool.query<{ hash: string }>(statement, [id])).rows[0]!.hash;
}

it('asks for the factor between the numbers and the new password, and again at the next sign-in', async () => {
  const person = await proved(running, sato);
  expect(person.page.path).toContain(FACTOR);
  await answers(person, await equipped.app.nextCode());
  expect(person.page.path).toContain('/password-reset/new-password');
  await choosesPassword(person);
  await person.presses('登録');
  expect(person.page.h1).toBe('パスワード再登録完了');
  await signsIn(person, { ...sato, password: NEW_PASSWORD });
  expect(isAsked(person)).toBe(true);
  await gives(person, await equipped.app.nextCode());
  expect(await isSignedIn(person)).toBe(true);
});

it('asks nothing more where there is no factor', async () => {
  const person = await proved(running, company.tanaka);
  expect(person.page.path).toContain('/password-reset/new-password');
  await person.opens(FACTOR + person.page.url.search);
  expect(person.page.path).toContain('/password-reset/new-password');
});

it('tells nobody before both proofs whether there is a factor', async () => {
  const { tanaka } = company;
  const seen = [];
  for (const member of [sato, tanaka]) {
    const person = running.visitor();
    await asks(person, member.email);
    const sent = person.page.html.replaceAll(member.email, 'ADDRESS');
    const mail = await running.mailbox.mailTo(member.email, 'パスワード再登録のご案内');
    await person.opens(running.mailbox.linkIn(mail));
    const behind = person.page.html;
    await entersNumbers(person, { corporateNumber: '9999999', transferAccounts: ['0012345'] });
    const refused = person.page.html;
    await person.opens(`${FACTOR}${person.page.url.search}`);
    const pages = [sent, behind, refused, person.page.path].map(withoutIds);
    seen.push([mail.subject, pages.map((page) => page.replaceAll(/\d+時\d+分/g, 'TIME'))]);
  }
  expect(seen[0]).toEqual(seen[1]);
});

it('lets nobody past the question by a path or a post', async () => {
  const before = await hashOf(sato);
  const person = await proved(running, sato);
  const flow = person.page.url.searchParams.get('flow')!;
  const passwords = { password: NEW_PASSWORD, passwordConfirmation: NEW_PASSWORD };
  for (const step of ['new-password', 'confirmation', 'completed']) {
    const path = `/password-reset/${step}`;
    const read = await person.sends('GET', `${path}?flow=${flow}`);
    const posted = await person.sends('POST', path, { fields: { flow, ...passwords } });
    const led = `${FACTOR}?flow=${flow}`;
    expect([step, read.headers.location]).toEqual([step, led]);
    if (step !== 'completed') expect([step, posted.headers.location]).toEqual([step, led]);
  }
  expect(await hashOf(sato)).toBe(before);
});

it('asks for a factor that was set up after the new password was chosen', async () => {
  const { tanaka } = company;
  const person = await proved(running, tanaka);
  await choosesPassword(person);
  const { app } = await hasFactor(running, tanaka);
  const before = await hashOf(tanaka);
  await person.presses('登録');
  expect(person.page.path).toContain(FACTOR);
  expect(await hashOf(tanaka)).toBe(before);
  await answers(person, await app.nextCode());
  await person.presses('登録');
  expect(person.page.h1).toBe('パスワード再登録完了');
});

it('counts a recovery code once, and as the factor alone', async () => {
  const [code = ''] = equipped.codes;
  const person = await proved(running, sato);
  await person.follows('認証アプリが使えないときは、リカバリーコードを使う');
  person.fills('リカバリーコード', code);
  await person.presses('確認');
  await choosesPassword(person);
  await person.presses('登録');
  await signsIn(person, { ...sato, password: NEW_PASSWORD });
  await givesRecoveryCode(person, code);
  expect(person.page.text).toContain('リカバリーコードを確認できませんでした');
  const again = await proved(running, sato, await newLinkOf(running, sato));
  await again.follows('認証アプリが使えないときは、リカバリーコードを使う');
  again.fills('リカバリーコード', code);
  await again.presses('確認');
  expect(again.page.path).toContain(FACTOR);
});

it('gives a thief with mailbox and invoice no fresh guesses, whatever he begins anew', async () => {
  const wrong = await equipped.app.wrongCode();
  const thief = await proved(running, sato);
  for (let tries = 0; tries < 6; tries += 1) await answers(thief, wrong);
  expect(thief.page.status).toBe(422);
  await answers(thief, wrong);
  expect(thief.page.status).toBe(429);
  const anew = await proved(running, sato, await newLinkOf(running, sato));
  await answers(anew, await equipped.app.code());
  expect([anew.page.status, anew.page.text.includes('続けて間違えたため')]).toEqual([429, true]);
});

it('keeps the wait of strangers through the new password, and ends trusted browsers', async () => {
  const trusted = running.visitor();
  await signsIn(trusted, sato);
  trusted.checks('今お使いの端末では、30日間、確認コードの入力を省略する');
  await gives(trusted, await equipped.app.nextCode());
  const wrong = await equipped.app.wrongCode();
  const thief = running.visitor();
  await signsIn(thief, sato);
  for (let tries = 0; tries < 7; tries += 1) await gives(thief, wrong);
  const link = await newLinkOf(running, sato);
  const owner = trusted.tab();
  await owner.opens(link);
  await entersNumbers(owner, sato.corporation);
  await answers(owner, await equipped.app.nextCode());
  await choosesPassword(owner);
  await owner.presses('登録');
  expect(owner.page.h1).toBe('パスワード再登録完了');
  const known = { ...sato, password: NEW_PASSWORD };
  await signsIn(trusted, known);
  expect(isAsked(trusted)).toBe(true);
  const stranger = running.visitor();
  await signsIn(stranger, known);
  await gives(stranger, wrong);
  await gives(stranger, await equipped.app.code());
  expect(stranger.page.status).toBe(429);
});

it('is told to the owner in the log, with the act that it was', async () => {
  const person = await proved(running, sato);
  await answers(person, await equipped.app.wrongCode());
  const { rows } = await running.pool.query(
    `select reason from audit_entries where account_id = $1 and act = 'password-reset'`,
    [sato.id],
  );
  expect(rows).toEqual([{ reason: 'second-factor-wrong' }]);
});
