import { DeskDecisions } from '../../../src/admin-enrollment/cases/desk-decisions.js';
import { inUnitOfWork } from '../../../src/database/unit-of-work.js';
import { startApp, type RunningApp } from '../../support/app.js';
import { Operator } from '../../support/command.js';
import { BY_TAMURA } from '../../support/desk-people.js';
import {
  activates,
  applicant,
  entersDetails,
  signsIn,
  type Applicant,
} from '../../support/registration.js';
import {
  applies,
  entersNumbers,
  leftBehind,
  takesOver,
  type LeftBehind,
} from '../../support/succession.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterEach(() => running.clock.reset());
afterAll(() => running.stop());

const mallory = (number: number): Applicant =>
  applicant(`mallory-${number}`, { name: '山田 悪子' });
const takahashi = applicant('takahashi', { name: '高橋 次郎' });

async function stagesOf({ corporation }: LeftBehind): Promise<string[]> {
  const { rows } = await running.pool.query<{ stage: string }>(
    `select enrollment_stage(kind, state, started_at, release_at, probation_ends_at) as stage
     from enrollments where corporation_id = $1 order by stage`,
    [corporation.id],
  );
  return rows.map(({ stage }) => stage);
}

async function linkTo({ email }: Applicant): Promise<string> {
  return running.mailbox.linkIn(await running.mailbox.mailTo(email));
}

describe('applications whose mailbox nobody proves', () => {
  it('keep nobody from taking over, however many there are', async () => {
    const left = await leftBehind(running);
    for (let number = 10; number < 17; number += 1)
      await applies(running.visitor(), left.corporation, mallory(number));
    const suzuki = await takesOver(running, left);
    expect(suzuki.page.path).toBe('/login?next=%2Faccounts');
    await signsIn(suzuki, left.suzuki);
    expect(suzuki.page.h1).toBe('TOPページ');
  });

  it('keep nobody from the queue', async () => {
    const left = await leftBehind(running);
    await takesOver(running, left);
    for (let number = 20; number < 27; number += 1) {
      const person = running.visitor();
      await applies(person, left.corporation, mallory(number));
      expect(person.page.h1).toBe('登録のお申し込みを受け付けました');
    }
    const late = running.visitor();
    await entersNumbers(late, left.corporation);
    expect(late.page.path).toContain('/admin-enrollment/details');
  });

  it('does not wait for a first whose mailbox nobody proves; whoever is proved first runs', async () => {
    const left = await leftBehind(running);
    await applies(running.visitor(), left.corporation, left.suzuki);
    const person = running.visitor();
    await applies(person, left.corporation, takahashi);
    expect(person.page.h1).toBe('管理者追加登録完了');
    for (let application = 0; application < 2; application += 1)
      await running.mailbox.mailTo(left.sato.email);
    await activates(person, await linkTo(takahashi));
    expect(person.page.path).toBe('/login?next=%2Faccounts');

    const suzuki = running.visitor();
    await activates(suzuki, await linkTo(left.suzuki));
    expect(suzuki.page.h1).toBe('登録のお申し込みを受け付けました');
    expect(suzuki.page.text).toContain('別の方の追加登録のお手続きが進んでいます');
    expect(await stagesOf(left)).toEqual(['probation', 'queued']);
    const waits = await running.mailbox.mailTo(left.suzuki.email);
    expect(waits.subject).toContain('追加登録のお申し込みを受け付けました');

    const sato = running.visitor();
    await signsIn(sato, left.sato);
    await sato.opens('/admin-enrollment/cases');
    await sato.follows('高橋 次郎');
    await sato.follows('承認へ進む');
    await sato.presses('承認する');
    await activates(suzuki, await linkTo(left.suzuki));
    await signsIn(suzuki, left.suzuki);
    expect(suzuki.page.h1).toBe('TOPページ');
    expect(await stagesOf(left)).toEqual(['approved', 'probation']);
  });
});

describe('many applications of a company', () => {
  it('are one that runs when six are proved at once; beside five that wait the desk reviews others until it frees a place', async () => {
    const left = await leftBehind(running);
    const people = Array.from({ length: 8 }, () => running.visitor());
    for (const [index, person] of people.entries()) {
      await entersNumbers(person, left.corporation);
      await entersDetails(person, mallory(40 + index));
    }
    await Promise.all(people.map((person) => person.presses('登録')));
    expect(people.map(({ posted }) => posted!.status)).toEqual(Array<number>(8).fill(303));
    expect(await stagesOf(left)).toEqual(Array<string>(8).fill('awaiting-activation'));
    const links = [];
    for (let index = 0; index < 6; index += 1) links.push(await linkTo(mallory(40 + index)));
    await Promise.all(links.map((link) => running.visitor().sends('POST', new URL(link).pathname)));
    const stages = await stagesOf(left);
    expect(stages.filter((stage) => stage === 'probation')).toHaveLength(1);
    expect(stages.filter((stage) => stage === 'queued')).toHaveLength(5);

    await running.clock.advance('25 hours');
    const late = running.visitor();
    await applies(late, left.corporation, mallory(60));
    await activates(late, await linkTo(mallory(60)));
    expect(late.page.h1).toBe('登録のお申し込みを受け付けました');
    expect(await stagesOf(left)).toContain('review');
    const { rows } = await running.pool.query<{ case_number: string; applicant_email: string }>(
      `select case_number, applicant_email from enrollments
       where corporation_id = $1 and state = 'queued'`,
      [left.corporation.id],
    );
    const desk = running.app.get(DeskDecisions);
    expect(await inUnitOfWork(() => desk.dismiss(rows[0]!.case_number, BY_TAMURA))).toMatchObject({
      ok: true,
      isComplete: true,
    });
    await running.mailbox.mailTo(rows[0]!.applicant_email);
    const mail = await running.mailbox.mailTo(rows[0]!.applicant_email);
    expect(mail.subject).toContain('担当窓口の判断');
    await applies(late, left.corporation, left.suzuki);
    expect(late.page.h1).toBe('登録のお申し込みを受け付けました');
    expect(await stagesOf(left)).toContain('queued');
  }, 30_000);
});

describe('the terms of an application that is not activated', () => {
  it('are altered by nobody of the company, and the desk sees who somebody is today', async () => {
    const left = await leftBehind(running);
    await applies(running.visitor(), left.corporation, left.suzuki);
    const sato = running.visitor();
    await signsIn(sato, left.sato);
    const { rows } = await running.pool.query<{ id: string; number: string }>(
      'select account_id as id, case_number as number from enrollments where corporation_id = $1',
      [left.corporation.id],
    );
    const { id, number } = rows[0]!;
    const entered = { name: '別の 名前', nameKana: 'ベツ', department: '', phone: '' };
    const acts: [string, Record<string, string>, number][] = [
      [`/accounts/${id}`, { ...entered, role: 'staff', version: '1' }, 422],
      [`/accounts/${id}`, { ...entered, role: 'administrator', version: '1' }, 422],
      [`/accounts/${id}/suspension`, { act: 'suspend' }, 409],
      ['/accounts/deletion', { accountId: id }, 409],
    ];
    for (const [path, fields, status] of acts)
      expect([path, (await sato.sends('POST', path, { fields })).status]).toEqual([path, status]);
    const mail = await running.mailbox.mailTo(left.suzuki.email);
    const suzuki = running.visitor();
    await suzuki.opens(running.mailbox.linkIn(mail));
    await suzuki.presses('登録を完了する');
    const operator = new Operator(running);
    const shown = await operator.types('enrollment', 'show', number);
    expect(shown.out).toContain('today     鈴木 一郎  administrator  active');
    await running.pool.query(`update accounts set name = '改 名', role = 'staff' where id = $1`, [
      id,
    ]);
    expect((await operator.types('enrollment', 'show', number)).out).toContain(
      'today     改 名  staff  active',
    );
  });
});
