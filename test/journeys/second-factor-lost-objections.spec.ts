import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
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
import { gives, givesRecoveryCode } from '../support/second-factor.js';

const STOPPED = '2段階認証の解除の手続きが停止しました';
const CANCELLED = '2段階認証の解除の手続きが取り消されました';
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

const waysOn = ({ page }: Visitor) =>
  page.root.querySelectorAll('main .gk-actions a').map(({ text }) => text);

async function objects(link: string): Promise<Visitor> {
  const reader = running.visitor();
  await reader.opens(link);
  await reader.presses('異議を申し立てる');
  expect(reader.page.h1).toBe('異議申し立てを受け付けました');
  expect(reader.page.facts).toMatchObject({ 法人名: '株式会社ひとり', 氏名: '佐藤 花子 様' });
  expect(reader.page.text).toContain('始める場合も、メールでお知らせします。');
  return reader;
}

it('ends by an objection of the billing contact; everybody and the desk hear of it', async () => {
  const { sato, suzuki, billing } = company;
  const link = await linkTo(billing);
  const reader = running.visitor();
  await reader.opens(link);
  expect(await outcomeOf(running, sato)).toBeNull();
  const objector = await objects(link);
  expect(waysOn(objector)).toEqual([]);
  expect(await outcomeOf(running, sato)).toBe('objected');
  const { text } = await running.mailbox.mailTo(suzuki.email, STOPPED);
  expect(text).toContain('異議の申し立てがあったため');
  const desk = await running.mailbox.mailTo(running.config.deskMail, '異議申し立て');
  expect(desk.text).toContain('ご請求先');
  expect(desk.text).toContain(company.corporation.corporateNumber);
  await reader.opens(link);
  expect([reader.page.status, reader.page.h1]).toEqual([410, 'この手続きは停止しています']);
  expect(reader.page.text).toContain('異議の申し立てを受け付けたため');
  expect(reader.page.facts).toMatchObject({ 法人名: '株式会社ひとり', 氏名: '佐藤 花子 様' });
  expect(waysOn(reader)).toEqual(['お問い合わせ']);
});

it('says of an objection to its objector alone, who has a way on with an account', async () => {
  const { suzuki, yamada } = company;
  const [links, other] = [await linkTo(suzuki.email), await linkTo(yamada.email)];
  const objector = await objects(links);
  expect(waysOn(objector)).toEqual(['トップページへ']);
  const reader = running.visitor();
  await reader.opens(other);
  expect([reader.page.status, waysOn(reader)]).toEqual([410, ['ログインへ戻る', 'お問い合わせ']]);
  await reader.opens('/lost-factor/objection/completed');
  expect([reader.page.status, reader.page.h1]).toEqual([410, 'この手続きは停止しています']);
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
    const { text } = await running.mailbox.mailTo(suzuki.email, CANCELLED);
    expect(text).toContain('取り消されました');
    const { rows } = await running.pool.query(
      `select address is not null and request_id is not null as "isPlaced" from audit_entries
       where act = 'lost-factor-cancellation' and account_id = $1`,
      [sato.id],
    );
    expect(rows).toEqual([{ isPlaced: true }]);
  });

  it('cancels it: a code at the sign-in', async () => {
    const { sato, equipped } = company;
    const person = running.visitor();
    await signsIn(person, sato);
    await gives(person, await equipped.app.nextCode());
    expect(await isSignedIn(person)).toBe(true);
    await person.opens('/');
    expect(person.page.text).toContain('2段階認証が使われたか変更されたため、その解除の手続きは、');
    const late = running.visitor();
    await late.opens(await linkTo(company.yamada.email));
    expect([late.page.status, late.page.h1]).toEqual(OVER);
    expect(late.page.text).toContain('以前の2段階認証が使われたか変更されたため');
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
