import { startApp, type RunningApp } from '../support/app.js';
import { Operator } from '../support/command.js';
import { answers, FACTOR, newLinkOf, proved } from '../support/factor-recovery.js';
import { accepts, CHOSEN_PASSWORD, invitationTo, invited, invites } from '../support/invitation.js';
import { companyExists, deletes, signedIn, type Company } from '../support/members.js';
import { isSignedIn } from '../support/own-account.js';
import type { Member } from '../support/people.js';
import { asksElsewhere, choosesPassword, NEW_PASSWORD } from '../support/recovery.js';
import { signsIn } from '../support/registration.js';
import { gives, hasFactor, isAsked, setsUpFactor } from '../support/second-factor.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());
afterEach(() => running.clock.reset());

async function usedCodesOf({ id }: Member): Promise<number> {
  const used = 'select from recovery_codes where account_id = $1 and used_at is not null';
  return (await running.pool.query(used, [id])).rowCount!;
}

async function suspends({ sato, suzuki }: Company): Promise<void> {
  const person = await signedIn(running, sato);
  await person.opens(`/accounts/${suzuki.id}/suspension`);
  await person.presses('利用を停止');
}

/** What becomes of 鈴木, or of the company. */
const GONE: Record<string, (company: Company) => Promise<unknown>> = {
  'is deleted': (company) => deletes(running, company, company.suzuki),
  'is deleted beside another ID of the mailbox': async (company) => {
    const { corporation, suzuki } = company;
    const second = { corporation, loginId: `second-${suzuki.loginId}`, name: '鈴木 次郎' };
    await running.people.staffExists({ ...second, email: suzuki.email });
    await deletes(running, company, suzuki);
  },
  'is of a company that closes': ({ corporation: { corporateNumber } }) =>
    new Operator(running).types('corporation', 'close', corporateNumber, '--reason', '解約'),
};

describe('a recovery of somebody with a factor', () => {
  it('who is suspended ends with a password that opens nothing', async () => {
    const company = await companyExists(running);
    const { suzuki } = company;
    const { app } = await hasFactor(running, suzuki);
    await suspends(company);
    const person = await proved(running, suzuki);
    await answers(person, await app.nextCode());
    await choosesPassword(person);
    await person.presses('登録');
    expect(person.page.h1).toBe('パスワード再登録完了');
    expect(person.page.text).toContain('利用を停止');
    await signsIn(person, { ...suzuki, password: NEW_PASSWORD });
    expect(isAsked(person)).toBe(true);
    await gives(person, await app.nextCode());
    expect([person.page.status, await isSignedIn(person)]).toEqual([403, false]);
  });

  it('who was deleted does not begin', async () => {
    const company = await companyExists(running);
    await hasFactor(running, company.suzuki);
    await deletes(running, company, company.suzuki);
    await running.mailbox.isReadBy(company.suzuki.email);
    await asksElsewhere(running, company.suzuki.email);
    await running.mailbox.nothingFor(company.suzuki.email);
  });

  it.each(Object.entries(GONE))('who %s in front of the question spends no code', async (_, go) => {
    const company = await companyExists(running);
    const { suzuki } = company;
    const { codes } = await hasFactor(running, suzuki);
    const person = await proved(running, suzuki);
    await go(company);
    await running.mailbox.isReadBy(suzuki.email);
    await answers(person, codes[0]!);
    expect([person.page.status, person.page.h1]).toEqual([410, 'このURLはご利用いただけません']);
    expect(await usedCodesOf(suzuki)).toBe(0);
    await running.mailbox.nothingFor(suzuki.email);
  });
});

it('a factor belongs to an account: an invitation elsewhere to the same mailbox meets none', async () => {
  const here = await companyExists(running);
  const there = await companyExists(running);
  const { app } = await hasFactor(running, here.suzuki);
  await running.mailbox.isReadBy(here.suzuki.email);
  const { email } = here.suzuki;
  await invites(await signedIn(running, there.sato), invited(email));
  const newcomer = running.visitor();
  const loginId = `elsewhere-${here.suzuki.loginId}`;
  await accepts(newcomer, await invitationTo(running, email), loginId);
  const invitee: Member = {
    ...here.suzuki,
    corporation: there.corporation,
    loginId,
    password: CHOSEN_PASSWORD,
  };
  await signsIn(newcomer, invitee);
  expect([isAsked(newcomer), await isSignedIn(newcomer)]).toEqual([false, true]);
  await running.mailbox.isReadBy(email);
  const [atHome, away] = [here.suzuki, invitee];
  const open = await proved(running, away, await newLinkOf(running, away));
  expect(open.page.path).toContain('/password-reset/new-password');
  const closed = await proved(running, atHome, await newLinkOf(running, atHome));
  expect(closed.page.path).toContain(FACTOR);
  const other = await setsUpFactor(running, newcomer);
  const person = running.visitor();
  await signsIn(person, here.suzuki);
  await gives(person, await other.app.nextCode());
  expect(await isSignedIn(person)).toBe(false);
  await gives(person, await app.code());
  expect(await isSignedIn(person)).toBe(true);
});
