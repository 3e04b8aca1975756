import { MailedLinks } from '../../src/auth/mailed-links/mailed-links.js';
import { inUnitOfWork } from '../../src/database/unit-of-work.js';
import { startApp, type RunningApp } from '../support/app.js';
import { Operator } from '../support/command.js';
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
import { signedIn } from '../support/members.js';
import { hasFactor } from '../support/second-factor.js';

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

it('leaves the next one to the desk after an objection: its person begins none', async () => {
  const { sato, suzuki } = company;
  await objects(await linkTo(suzuki.email));
  await reportsLoss(running, sato);
  const { text } = await lossMail(running, sato);
  expect(text).toContain('担当窓口が確認しています');
  expect(text).not.toContain('/lost-factor/');
  const issue = () => running.app.get(MailedLinks).issue('lost-factor', sato.id, { hours: 24 });
  const person = running.visitor();
  await person.opens(`/lost-factor/${(await inUnitOfWork(issue)).token}`);
  await provesCompany(person, company.corporation);
  expect([person.page.status, person.page.h1]).toEqual([410, '担当窓口が確認しています']);
  expect(await outcomeOf(running, sato)).toBe('objected');
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
  expect([same.exitCode, same.err]).toEqual([1, expect.stringContaining('Somebody else')]);
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
