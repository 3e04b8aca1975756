import { startApp, type RunningApp } from '../support/app.js';
import {
  beginsRemoval,
  lossMail,
  objectsToRemoval,
  provesCompany,
  reportsLoss,
  smallCompany,
  type SmallCompany,
} from '../support/lost-factor.js';
import { companyExists, signedIn } from '../support/members.js';
import { asked, gives } from '../support/second-factor.js';

let running: RunningApp;
let company: SmallCompany;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());
beforeEach(async () => {
  await running.clock.stopsAt(new Date('2026-11-22T09:00:00+09:00'));
  company = await smallCompany(running);
});

it('the used link says that an objection stopped what it began', async () => {
  const { sato, corporation } = company;
  const person = await reportsLoss(running, sato);
  const link = running.mailbox.linkIn(await lossMail(running, sato));
  await person.opens(link);
  await provesCompany(person, corporation);
  await objectsToRemoval(running, company);
  const again = running.visitor();
  await again.opens(link);
  expect([again.page.status, again.page.h1]).toEqual([410, 'この手続きは停止しています']);
  expect(again.page.text).toContain('異議の申し立てを受け付けたため、お手続きは停止しています。');
  expect(again.page.text).not.toContain('すでに受け付けています');
});

it('the TOP page tells the person and the company for three days that an objection stopped it', async () => {
  const { sato, suzuki, yamada, equipped } = company;
  await beginsRemoval(running, company);
  await objectsToRemoval(running, company);
  const owner = await asked(running, sato);
  await gives(owner, await equipped.app.nextCode());
  const stopped = '手続きは、異議の申し立てがあったため、2026年11月22日(日)';
  expect(owner.page.text).toContain('異議の申し立てがあったため、2段階認証の解除の手続きは、');
  for (const member of [suzuki, yamada])
    expect((await signedIn(running, member)).page.text).toContain(
      `佐藤 花子 様の2段階認証の解除の${stopped}`,
    );
  const other = await signedIn(running, (await companyExists(running)).sato);
  expect(other.page.text).not.toContain('異議の申し立て');
  await running.clock.advance('73 hours');
  expect((await signedIn(running, yamada)).page.text).not.toContain('異議の申し立て');
});

it('nor of one that was stopped, when the factor is another one by now', async () => {
  const { sato, suzuki } = company;
  await beginsRemoval(running, company);
  await objectsToRemoval(running, company);
  await running.pool.query('update accounts set second_factor_since = genkan_now() where id = $1', [
    sato.id,
  ]);
  expect((await signedIn(running, suzuki)).page.text).not.toContain('異議の申し立て');
});

it('the TOP page tells of the latest one alone', async () => {
  const { sato, equipped } = company;
  await beginsRemoval(running, company);
  const owner = await asked(running, sato);
  await gives(owner, await equipped.app.nextCode());
  const told = '2段階認証が使われたか変更されたため、その解除の手続きは、';
  expect((await owner.opens('/')).text).toContain(told);
  await running.clock.advance('10 minutes');
  await running.mailbox.isReadBy(sato.email);
  await beginsRemoval(running, company);
  await owner.opens('/');
  expect(owner.page.text).toContain('お手続きが進んでいます');
  expect(owner.page.text).not.toContain(told);
});
