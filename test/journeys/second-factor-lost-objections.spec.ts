import { startApp, type RunningApp } from '../support/app.js';
import { Operator } from '../support/command.js';
import { NAKAI, TAMURA } from '../support/desk-people.js';
import { answers, proved } from '../support/factor-recovery.js';
import {
  beginsRemoval,
  enrolmentLink,
  entersEnrolment,
  newsMail,
  outcomeOf,
  smallCompany,
  type SmallCompany,
} from '../support/lost-factor.js';
import { companyExists, signedIn } from '../support/members.js';
import { isSignedIn } from '../support/own-account.js';
import { signsIn } from '../support/registration.js';
import { gives, givesRecoveryCode, hasFactor } from '../support/second-factor.js';

const ENDED = '2段階認証の解除の手続きが終わりました';
const OVER = [410, 'この手続きは終わっています'];

let running: RunningApp;
let company: SmallCompany;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());
beforeEach(async () => {
  company = await smallCompany(running);
  await beginsRemoval(running, company);
});
afterEach(() => running.clock.reset());

const linkTo = async (address: string) => running.mailbox.linkIn(await newsMail(running, address));

async function objects(link: string): Promise<void> {
  const reader = running.visitor();
  await reader.opens(link);
  await reader.presses('異議を申し立てる');
  expect(reader.page.h1).toBe('異議申し立てを受け付けました');
}

it('ends by an objection of the billing contact; everybody and the desk hear of it', async () => {
  const { sato, suzuki, billing } = company;
  const link = await linkTo(billing);
  const reader = running.visitor();
  await reader.opens(link);
  expect(await outcomeOf(running, sato)).toBeNull();
  await objects(link);
  expect(await outcomeOf(running, sato)).toBe('objected');
  const { text } = await running.mailbox.mailTo(suzuki.email, ENDED);
  expect(text).toContain('異議の申し立てがあったため');
  const desk = await running.mailbox.mailTo(running.config.deskMail, '異議申し立て');
  expect(desk.text).toContain('ご請求先');
  await reader.opens(link);
  expect([reader.page.status, reader.page.h1]).toEqual(OVER);
});

it('ends by an objection after the time too, with the session that it opened', async () => {
  const { sato, yamada } = company;
  const objection = await linkTo(yamada.email);
  const enrolment = await enrolmentLink(running, sato);
  const person = await entersEnrolment(running, enrolment, sato);
  await objects(objection);
  await person.opens('/me/second-factor/totp');
  expect(person.page.path).toContain('/login');
  await person.opens(enrolment);
  expect(person.page.status).toBe(410);
});

it('is told on the TOP page of everybody of the company, who may object there', async () => {
  const { sato, suzuki } = company;
  const staff = await signedIn(running, suzuki);
  expect(staff.page.text).toContain('佐藤 花子 様の2段階認証を解除するお手続きが進んでいます');
  await staff.follows('内容を確認する');
  await staff.presses('異議を申し立てる');
  expect(staff.page.notice).toContain('異議を申し立てました');
  expect(await outcomeOf(running, sato)).toBe('objected');
  expect(staff.page.text).not.toContain('お手続きが進んでいます');
});

it('is nobody else’s business: another company neither sees nor stops it', async () => {
  const { sato, corporation } = company;
  const other = await companyExists(running);
  const stranger = await signedIn(running, other.sato);
  expect(stranger.page.text).not.toContain('お手続きが進んでいます');
  const { rows } = await running.pool.query<{ id: string }>(
    'select id from factor_removals where corporation_id = $1',
    [corporation.id],
  );
  await stranger.sends('POST', '/lost-factor/running', { fields: { removalId: rows[0]!.id } });
  expect(await outcomeOf(running, sato)).toBeNull();
});

describe('a use of the old factor', () => {
  afterEach(async () => {
    const { sato, suzuki } = company;
    expect(await outcomeOf(running, sato)).toBe('cancelled');
    const { text } = await running.mailbox.mailTo(suzuki.email, ENDED);
    expect(text).toContain('取り消されました');
  });

  it('cancels it: a code at the sign-in', async () => {
    const { sato, equipped } = company;
    const person = running.visitor();
    await signsIn(person, sato);
    await gives(person, await equipped.app.nextCode());
    expect(await isSignedIn(person)).toBe(true);
  });

  it('cancels it: a recovery code, even after the time, and ends the session that can enrol', async () => {
    const { sato, equipped } = company;
    await linkTo(company.suzuki.email);
    const enrolment = await enrolmentLink(running, sato);
    const person = await entersEnrolment(running, enrolment, sato);
    const owner = running.visitor();
    await signsIn(owner, sato);
    await givesRecoveryCode(owner, equipped.codes[0]!);
    await person.opens('/me/second-factor/totp');
    expect(person.page.path).toContain('/login');
    await person.opens(enrolment);
    expect(person.page.status).toBe(410);
  });

  it('cancels it: in a recovery of the password', async () => {
    const { sato, equipped } = company;
    await linkTo(company.suzuki.email);
    const person = await proved(running, sato);
    await answers(person, await equipped.app.nextCode());
  });
});

it('goes on after a wrong code, which is no use', async () => {
  const { sato, equipped } = company;
  const person = running.visitor();
  await signsIn(person, sato);
  await gives(person, await equipped.app.wrongCode());
  expect(await outcomeOf(running, sato)).toBeNull();
});

it('stands after an objection when two people of the desk decide', async () => {
  const { sato, suzuki, yamada } = company;
  await objects(await linkTo(suzuki.email));
  await linkTo(yamada.email);
  const operator = new Operator(running);
  const remove = (by: string[]) => operator.types('account', 'remove-factor', sato.loginId, ...by);
  const first = await remove(TAMURA);
  expect([first.exitCode, first.out]).toEqual([0, expect.stringContaining('two of the desk')]);
  const same = await remove(TAMURA);
  expect([same.exitCode, same.err]).toEqual([1, expect.stringContaining('somebody else')]);
  await running.mailbox.everythingIsSent();
  const unread = running.mailbox.unread(yamada.email).map(({ subject }) => subject);
  expect(unread.filter((subject) => subject.includes('始まりました'))).toEqual([]);
  const second = await remove(NAKAI);
  expect([second.exitCode, second.out]).toEqual([0, expect.stringContaining('has begun')]);
  const { text } = await newsMail(running, yamada.email);
  expect(text).not.toContain('/lost-factor/objection/');
  const staff = await signedIn(running, suzuki);
  await staff.follows('内容を確認する');
  expect(staff.page.text).toContain('ここからは止められません');
  const again = await remove(TAMURA);
  expect([again.exitCode, again.err]).toEqual([1, expect.stringContaining('already begun')]);
});

it('is refused to the desk for nobody, and for who has no factor', async () => {
  const operator = new Operator(running);
  const { suzuki } = company;
  const nobody = await operator.types('account', 'remove-factor', 'nobody-at-all', ...TAMURA);
  expect([nobody.exitCode, nobody.err]).toEqual([1, expect.stringContaining('No account')]);
  const none = await operator.types('account', 'remove-factor', suzuki.loginId, ...TAMURA);
  expect([none.exitCode, none.err]).toEqual([1, expect.stringContaining('no second factor')]);
  await hasFactor(running, suzuki);
});

it('is by the clock of the database: a minute before the end nothing opens', async () => {
  const link = await enrolmentLink(running, company.sato);
  await running.clock.reset();
  await running.clock.advance('71 hours 59 minutes');
  const early = running.visitor();
  await early.opens(link);
  expect([early.page.status, early.page.h1]).toEqual(OVER);
});

it('lapses when its person does not come within 14 days', async () => {
  const link = await enrolmentLink(running, company.sato);
  await running.clock.advance('14 days');
  const late = running.visitor();
  await late.opens(link);
  expect(late.page.status).toBe(410);
  await beginsRemoval(running, company);
});
