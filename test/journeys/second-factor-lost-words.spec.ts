import { EnrolmentLinks } from '../../src/auth/lost-factor/enrolment-links.js';
import { inUnitOfWork } from '../../src/database/unit-of-work.js';
import { startApp, type RunningApp } from '../support/app.js';
import { Operator } from '../support/command.js';
import { atDesk, deskCases } from '../support/desk-case.js';
import { provesFor } from '../support/desk.js';
import { NAKAI, TAMURA } from '../support/desk-people.js';
import {
  beginsRemoval,
  lossMail,
  newsMail,
  outcomeOf,
  provesCompany,
  reportsLoss,
  smallCompany,
  type SmallCompany,
} from '../support/lost-factor.js';
import { isSignedIn } from '../support/own-account.js';
import type { Member } from '../support/people.js';
import { signsIn } from '../support/registration.js';
import { asked, gives } from '../support/second-factor.js';

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

const becomes = (member: Member, state: string) =>
  running.pool.query('update accounts set state = $2, deleted_at = genkan_now() where id = $1', [
    member.id,
    state,
  ]);

it('a link that began nothing does not say afterwards that it did', async () => {
  const { sato, suzuki, corporation } = company;
  const person = await reportsLoss(running, sato);
  const link = running.mailbox.linkIn(await lossMail(running, sato));
  await person.opens(link);
  await running.pool.query("update accounts set role = 'administrator' where id = $1", [suzuki.id]);
  await provesCompany(person, corporation);
  expect([person.page.status, await outcomeOf(running, sato)]).toEqual([410, null]);
  await person.opens(link);
  expect(person.page.text).not.toContain('すでに受け付けています');
});

it('somebody who was deleted hears of no end of a removal, and has no say any more', async () => {
  const { sato, suzuki, yamada, equipped } = company;
  await beginsRemoval(running, company);
  const link = running.mailbox.linkIn(await newsMail(running, suzuki.email));
  await newsMail(running, yamada.email);
  await becomes(suzuki, 'deleted');
  const gone = running.visitor();
  await gone.opens(link);
  expect([gone.page.status, gone.page.text.includes('ご登録の状態が変わった')]).toEqual([
    410,
    true,
  ]);
  const sent = await gone.sends('POST', new URL(link).pathname, { fields: {} });
  expect([sent.status, await outcomeOf(running, sato)]).toEqual([410, null]);
  const owner = await asked(running, sato);
  await gives(owner, await equipped.app.nextCode());
  await running.mailbox.mailTo(yamada.email, '2段階認証の解除の手続きが取り消されました');
  await running.mailbox.nothingFor(suzuki.email);
});

it('somebody who was deleted is not told to choose a password when the desk’s time is over', async () => {
  const { sato, suzuki } = company;
  await running.pool.query("update accounts set role = 'administrator' where id = $1", [suzuki.id]);
  for (const by of [TAMURA, NAKAI])
    await new Operator(running).types('account', 'remove-factor', sato.loginId, ...by);
  await newsMail(running, sato.email);
  await becomes(sato, 'deleted');
  await running.mailbox.isReadBy(sato.email);
  await running.clock.advance('72 hours');
  await inUnitOfWork(() => running.app.get(EnrolmentLinks).run());
  expect(await outcomeOf(running, sato)).toBe('completed');
  await running.mailbox.mailTo(suzuki.email, '2段階認証の解除の手続きが終わりました');
  await running.mailbox.nothingFor(sato.email);
});

it('a case of a lost factor has no decisions of other cases', async () => {
  await new Operator(running).types('account', 'remove-factor', company.sato.loginId, ...TAMURA);
  const [{ number } = { number: '' }] = await deskCases(running, company.corporation);
  const desk = await atDesk(running, 'words', '小林');
  for (const decision of ['uphold', 'dismiss', 'give', 'grant', 'refuse', 'confirm']) {
    const path = `/desk/cases/${number}/decisions/${decision}`;
    await provesFor(desk, path);
    const fields = { why: 'お電話で確認' };
    const answers = [await desk.sends('GET', path), await desk.sends('POST', path, { fields })];
    expect([path, ...answers.map(({ status }) => status)]).toEqual([path, 404, 404]);
  }
});

it('the question before a change names what it goes on with', async () => {
  const owner = await asked(running, company.sato);
  await gives(owner, await company.equipped.app.nextCode());
  await owner.opens('/me/second-factor/removal');
  await owner.presses('2段階認証を解除する');
  expect(owner.page.facts).toMatchObject({ 続ける操作: '2段階認証の解除' });
  await owner.opens('/me/second-factor/exchange');
  await owner.presses('切り替えへ進む');
  expect(owner.page.facts).toMatchObject({ 続ける操作: '新しいスマートフォンへの切り替え' });
  owner.fills('確認コード', '123456');
  await owner.presses('操作を続ける');
  expect(owner.page.facts).toMatchObject({ 続ける操作: '新しいスマートフォンへの切り替え' });
});

it('leads from a session through the password: a trusted browser is never asked for the factor', async () => {
  const { sato, equipped } = company;
  const person = await asked(running, sato);
  person.checks('今お使いの端末では、30日間、確認コードの入力を省略する');
  await gives(person, await equipped.app.nextCode());
  await person.opens('/lost-factor');
  await person.presses('ログアウトして、お手続きへ進む');
  expect(await isSignedIn(person)).toBe(false);
  await signsIn(person, sato);
  await person.follows('確認コードを入力できない方');
  await person.presses('お手続きのご案内を受け取る');
  expect((await lossMail(running, sato)).text).toContain('/lost-factor/');
});

it('says what is so to whoever has no factor, or gave no password', async () => {
  const without = running.visitor();
  await without.opens('/lost-factor');
  expect(without.page.path).toBe('/login');
  expect(without.page.notice).toContain('まずログインIDとパスワードを入力し');
  await signsIn(without, company.suzuki);
  await without.opens('/lost-factor');
  expect(without.page.path).toBe('/');
  expect(without.page.notice).toContain('2段階認証を設定していないため');
  await without.sends('POST', '/lost-factor', { fields: {} });
  await running.mailbox.nothingFor(company.suzuki.email);
});
