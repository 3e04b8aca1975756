import { startApp, type RunningApp } from '../support/app.js';
import { Operator } from '../support/command.js';
import { dismiss, grant, TAMURA } from '../support/desk-people.js';
import {
  askingCompany,
  completesWithFactor,
  opensActivation,
  type Asking,
} from '../support/factor-succession.js';
import { signedIn } from '../support/own-account.js';
import { isUsed, provesBehind } from '../support/proof.js';
import { applicant, registers, signsIn } from '../support/registration.js';
import { confirmsChange, gives } from '../support/second-factor.js';
import { applies, isReviewed, leftBehind } from '../support/succession.js';

const START = new Date('2026-11-22T09:00:00+09:00');

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());
beforeEach(() => running.clock.stopsAt(START));

async function mailWith(email: string, subject: string): Promise<string> {
  for (;;) {
    const mail = await running.mailbox.mailTo(email);
    if (mail.subject.includes(subject)) return mail.text;
  }
}

async function seenByStranger({
  corporation,
  suzuki,
  sato,
}: Pick<Asking, 'corporation' | 'suzuki' | 'sato'>) {
  const person = running.visitor();
  await applies(person, corporation, suzuki);
  await person.opens(person.page.path);
  const names = [suzuki.loginId, suzuki.email, sato.loginId, corporation.corporateNumber];
  return names
    .reduce((text, name) => text.replaceAll(name, '…'), person.page.text)
    .replaceAll(/[0-9A-Z]{4}-[0-9A-Z]{4}/g, '…');
}

it('the browser that applied sees the same whether the company asks or not', async () => {
  const asking = await askingCompany(running);
  await running.clock.stopsAt(START);
  expect(await seenByStranger(asking)).toBe(await seenByStranger(await leftBehind(running)));
});

it('administrators read from the beginning how long the newcomer waits', async () => {
  const asking = await askingCompany(running);
  await applies(running.visitor(), asking.corporation, asking.suzuki);
  const told = await mailWith(asking.sato.email, '追加登録のお申し込み');
  expect(told).toContain('登録を完了してから24時間はログインできません。');
});

it('an administrator without a factor approves nobody', async () => {
  const asking = await askingCompany(running, 1);
  await completesWithFactor(running, await opensActivation(running, asking));
  const { rows } = await running.pool.query<{ id: string }>(
    `select id from enrollments where corporation_id = $1`,
    [asking.corporation.id],
  );
  const path = `/admin-enrollment/cases/${rows[0]!.id}/approval`;
  const loginId = asking.sato.loginId.replace('sato', 'kato');
  const kato = await signedIn(running, { ...asking.sato, loginId: `${loginId}-1` });
  await kato.opens(path);
  expect(kato.page.path).toBe('/me/second-factor');
  expect(kato.page.text).toContain('承認できるのは、2段階認証を設定している管理者の方だけです');
  const posted = await kato.sends('POST', path);
  expect([posted.status, posted.headers.location]).toEqual([303, '/me/second-factor']);
  const { rows: after } = await running.pool.query(`select state from enrollments where id = $1`, [
    rows[0]!.id,
  ]);
  expect(after).toEqual([{ state: 'running' }]);
});

it('behind the link that compares the numbers the factor comes last', async () => {
  const asking = await askingCompany(running);
  const { corporation, suzuki } = asking;
  await isUsed(running, 10, `proof:company:${corporation.corporateNumber}`);
  const person = running.visitor();
  await applies(person, corporation, suzuki);
  const link = running.mailbox.linkIn(await running.mailbox.mailTo(suzuki.email));
  await person.opens(link);
  expect(person.page.text).not.toContain('2段階認証');
  await provesBehind(link, person);
  expect([person.page.path, person.page.h1]).toEqual(['/activation', '登録の確認']);
  await completesWithFactor(running, person);
  expect(person.page.h1).toBe('リカバリーコード');
});

it('an application that waits for its turn sets the factor up when that comes', async () => {
  const asking = await askingCompany(running);
  await completesWithFactor(running, await opensActivation(running, asking));
  const second = { ...asking, suzuki: applicant(`second-${asking.suzuki.loginId}`) };
  const person = running.visitor();
  const number = await isReviewed(running, person, second.corporation, second.suzuki);
  await grant(new Operator(running), number);
  expect((await running.mailbox.mailTo(second.suzuki.email)).text).not.toContain('2段階認証');
  await asking.person.opens('/admin-enrollment/cases');
  await asking.person.follows('鈴木 一郎');
  await asking.person.follows('承認へ進む');
  await asking.person.presses('承認する');
  await confirmsChange(asking.person, await asking.equipped.app.nextCode());
  const link = running.mailbox.linkIn(await running.mailbox.mailTo(second.suzuki.email));
  await person.opens(new URL(link).pathname);
  await completesWithFactor(running, person);
  expect(person.page.h1).toBe('リカバリーコード');
});

it('the wait goes on when nobody is left who could approve', async () => {
  const asking = await askingCompany(running);
  const first = await opensActivation(running, asking);
  await completesWithFactor(running, first);
  await running.clock.advance('12 days');
  const operator = new Operator(running);
  await operator.types('account', 'erase', asking.sato.loginId, ...TAMURA);
  const honest = { ...asking, suzuki: applicant(`honest-${asking.suzuki.loginId}`) };
  const person = await opensActivation(running, honest);
  const { app } = await completesWithFactor(running, person);
  const { rows } = await running.pool.query<{ number: string }>(
    `select case_number as number from enrollments where corporation_id = $1 order by created_at`,
    [asking.corporation.id],
  );
  await dismiss(operator, rows[0]!.number);
  await signsIn(person, honest.suzuki);
  await gives(person, await app.nextCode());
  expect(person.page.h1).toBe('追加登録のお手続きの状況');
  await running.clock.advance('24 hours');
  await signsIn(person, honest.suzuki);
  await gives(person, await app.nextCode());
  expect(person.page.path).toBe('/');
});

describe('where the operator asks a factor of administrators', () => {
  beforeAll(() => running.restart({ secondFactorMinimum: 'administrators' }));
  afterAll(() => running.restart({ secondFactorMinimum: 'nobody' }));

  it('the first administrator sets one up too, and waits for nobody', async () => {
    const corporation = await running.people.corporationExists({
      corporateNumber: '6900001',
      name: 'かしわ株式会社',
    });
    const person = running.visitor();
    const entered = applicant('kashiwa');
    await registers(person, corporation, entered);
    expect(person.page.text).not.toContain('2段階認証');
    await person.opens(running.mailbox.linkIn(await running.mailbox.mailTo(entered.email)));
    const { app } = await completesWithFactor(running, person);
    expect(person.page.text).not.toContain('になると、ログインできる');
    await signsIn(person, entered);
    await gives(person, await app.nextCode());
    expect(person.page.path).toBe('/');
  });
});
