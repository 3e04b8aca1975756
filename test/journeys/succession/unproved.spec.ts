import { startApp, type RunningApp } from '../../support/app.js';
import { Operator } from '../../support/command.js';
import { grant } from '../../support/desk-people.js';
import { activates, applicant, signsIn, type Applicant } from '../../support/registration.js';
import {
  applies,
  leftBehind,
  provesForReview,
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
    const link = await linkTo(left.suzuki);
    const number = await provesForReview(running, suzuki, left.suzuki, link);
    expect(await stagesOf(left)).toEqual(['probation', 'review']);

    const sato = running.visitor();
    await signsIn(sato, left.sato);
    await sato.opens('/admin-enrollment/cases');
    await sato.follows('高橋 次郎');
    await sato.follows('承認へ進む');
    await sato.presses('承認する');
    await grant(new Operator(running), number);
    await activates(suzuki, new URL(await linkTo(left.suzuki)).pathname);
    await signsIn(suzuki, left.suzuki);
    expect(suzuki.page.h1).toBe('TOPページ');
    expect(await stagesOf(left)).toEqual(['approved', 'probation']);
  });
});

describe('many applications of a company', () => {
  it('are one that runs when five are proved at once; those beyond go on by mail', async () => {
    const left = await leftBehind(running);
    const links = [];
    for (let number = 40; number < 45; number += 1) {
      await applies(running.visitor(), left.corporation, mallory(number));
      links.push(await linkTo(mallory(number)));
    }
    const late = running.visitor();
    await applies(late, left.corporation, left.suzuki);
    expect(await stagesOf(left)).toEqual(Array<string>(5).fill('awaiting-activation'));
    await Promise.all(links.map((link) => running.visitor().sends('POST', new URL(link).pathname)));
    const stages = await stagesOf(left);
    expect(stages.filter((stage) => stage === 'probation')).toHaveLength(1);
    expect(stages.filter((stage) => stage === 'review')).toHaveLength(4);
    await provesForReview(running, late, left.suzuki, await linkTo(left.suzuki));
    expect(await stagesOf(left)).toHaveLength(6);
  });
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
