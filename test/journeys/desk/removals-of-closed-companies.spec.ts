import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import { Operator } from '../../support/command.js';
import { WHY } from '../../support/desk-clerk.js';
import { atDesk } from '../../support/desk-case.js';
import { deskPersonExists } from '../../support/desk.js';
import { NAKAI, TAMURA } from '../../support/desk-people.js';
import { linesOf, saidIn } from '../../support/log.js';
import {
  beginsRemoval,
  newsMail,
  objectsToRemoval,
  outcomeOf,
  smallCompany,
  type SmallCompany,
} from '../../support/lost-factor.js';
import { asked, gives } from '../../support/second-factor.js';

const CLOSING = '法人の利用を終了する';
const SAID_BEFORE = '始まっている2段階認証の解除のお手続きも終わり、再開しても続きません。';

let running: RunningApp;
let horiuchi: Visitor;
let company: SmallCompany;
beforeAll(async () => {
  running = await startApp();
  horiuchi = await atDesk(running, 'horiuchi', '堀内');
  await deskPersonExists(running, { loginId: 'tamura', name: '田村' });
  await deskPersonExists(running, { loginId: 'nakai', name: '中井' });
});
afterAll(() => running.stop());
beforeEach(async () => {
  company = await smallCompany(running);
});

const pathOf = (act: string) => `/desk/corporations/${company.corporation.id}/acts/${act}`;

async function acts(act: 'close' | 'open', button: string): Promise<void> {
  await horiuchi.opens(pathOf(act));
  horiuchi.fills('理由', WHY);
  await horiuchi.presses(button);
  expect(horiuchi.page.path).toBe(`/desk/corporations/${company.corporation.id}`);
}

async function owner(): Promise<Visitor> {
  const person = await asked(running, company.sato);
  await gives(person, await company.equipped.app.nextCode());
  return person;
}

it('ends the removal of a lost factor with the service, and the opening begins none', async () => {
  const { sato, suzuki, billing } = company;
  await horiuchi.opens(pathOf('close'));
  expect(horiuchi.page.text).not.toContain(SAID_BEFORE);
  await beginsRemoval(running, company);
  const link = running.mailbox.linkIn(await newsMail(running, suzuki.email));
  await horiuchi.opens(pathOf('close'));
  expect(horiuchi.page.text).toContain(SAID_BEFORE);
  await acts('close', CLOSING);
  expect(await outcomeOf(running, sato)).toBe('lapsed');
  for (const address of [sato.email, suzuki.email, billing]) {
    const { text } = await running.mailbox.mailTo(address, '2段階認証の解除の手続きが終わりました');
    expect(text).toContain('法人のご利用が終了したため、お手続きは終わりました。');
  }
  const reader = running.visitor();
  await reader.opens(link);
  expect(reader.page.text).toContain('完了しないまま終わっています');
  await horiuchi.opens(pathOf('open'));
  expect(horiuchi.page.text).not.toContain(SAID_BEFORE);
  await acts('open', '法人の利用を再開する');
  expect(await outcomeOf(running, sato)).toBe('lapsed');
  const told = '解除のお手続きは、法人のご利用の終了により';
  const atDoor = async () => (await horiuchi.opens(`/desk/accounts/${sato.id}`)).text;
  expect(await atDoor()).toContain(told);
  const person = await owner();
  expect(await atDoor()).not.toContain(told);
  const ended = `${sato.name} 様の2段階認証の解除のお手続きが終わりました`;
  const why = '法人のご利用が終了したため';
  expect(await saidIn(person)).toContain(`${ended} ${why}`);
  expect(linesOf(person).find(({ what }) => what.startsWith(ended))!.who).toBe('担当窓口');
  expect(await saidIn(person, {}, '/me/log')).toContain(`${ended} 担当窓口 ${why}`);
});

it('ends the one of the desk, which stays the desk’s after an objection to the one before', async () => {
  const { sato } = company;
  const operator = new Operator(running);
  const removes = async () => {
    for (const by of [TAMURA, NAKAI])
      await operator.types('account', 'remove-factor', sato.loginId, ...by);
  };
  await beginsRemoval(running, company);
  await objectsToRemoval(running, company);
  await removes();
  expect(await outcomeOf(running, sato)).toBeNull();
  await acts('close', CLOSING);
  expect(await outcomeOf(running, sato)).toBe('lapsed');
  await acts('open', '法人の利用を再開する');
  await removes();
  const { rows } = await running.pool.query(
    `select is_final as "isFinal" from factor_removals where account_id = $1 and outcome is null`,
    [sato.id],
  );
  expect(rows).toEqual([{ isFinal: true }]);
});

it('keeps its person until it has ended: whoever was asked to object hears how', async () => {
  const { sato } = company;
  await beginsRemoval(running, company);
  const erasure = ['account', 'erase', sato.loginId, ...TAMURA];
  const { exitCode, err } = await new Operator(running).types(...erasure);
  expect([exitCode, err]).toEqual([1, expect.stringContaining('second factor')]);
  expect(await outcomeOf(running, sato)).toBeNull();
});
