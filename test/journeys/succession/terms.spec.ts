import { ApplicationQueue } from '../../../src/admin-enrollment/applications/application-queue.js';
import { inUnitOfWork } from '../../../src/database/unit-of-work.js';
import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import { applicant, entersDetails, signsIn } from '../../support/registration.js';
import { applies, entersNumbers, leftBehind, type LeftBehind } from '../../support/succession.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

const flowOf = ({ page }: Visitor): string => page.url.searchParams.get('flow')!;

/** Other details than those that were confirmed: the attacker's mailbox under the same name. */
const OTHER = applicant('attacker', { email: 'attacker@evil.example' });

function fieldsOf(flow: string): Record<string, string> {
  return { flow, ...OTHER, passwordConfirmation: OTHER.password };
}

async function registered({ corporation }: LeftBehind): Promise<string[]> {
  const { rows } = await running.pool.query<{ email: string }>(
    `select email from accounts where corporation_id = $1 and state = 'registered'`,
    [corporation.id],
  );
  return rows.map(({ email }) => email);
}

async function cases({ corporation }: LeftBehind): Promise<number> {
  const text = 'select from enrollments where corporation_id = $1';
  return (await running.pool.query(text, [corporation.id])).rowCount!;
}

describe('after 登録', () => {
  it('no page of the wizard changes anything', async () => {
    const left = await leftBehind(running);
    const suzuki = running.visitor();
    await applies(suzuki, left.corporation, left.suzuki);
    const flow = flowOf(suzuki);
    const { corporateNumber } = left.corporation;
    const numbers = { flow, corporateNumber, transferAccountNumber: '0012345' };
    for (const [page, fields] of [
      ['numbers', numbers],
      ['details', fieldsOf(flow)],
      ['confirmation', { flow }],
      ['details', { ...fieldsOf(flow), corporationId: 'x', role: 'staff', state: 'active' }],
    ] as const) {
      const answer = await suzuki.sends('POST', `/admin-enrollment/${page}`, { fields });
      expect(answer.status).toBe(303);
      expect(answer.headers.location).toBe(`/admin-enrollment/completed?flow=${flow}`);
    }
    expect(await registered(left)).toEqual([left.suzuki.email]);
    expect(await cases(left)).toBe(1);
    await running.mailbox.nothingFor(OTHER.email);
  });

  it('another tab that was still at the details leads to the end', async () => {
    const left = await leftBehind(running);
    const suzuki = running.visitor();
    await entersNumbers(suzuki, left.corporation);
    const second = suzuki.tab();
    await second.opens(suzuki.page.path);
    await entersDetails(suzuki, left.suzuki);
    await suzuki.presses('登録');
    await entersDetails(second, OTHER);
    expect(second.page.h1).toBe('管理者追加登録完了');
    expect(second.page.text).toContain(left.suzuki.email);
    expect(await registered(left)).toEqual([left.suzuki.email]);
  });

  it('was pressed once when three tabs press it at once', async () => {
    const left = await leftBehind(running);
    const suzuki = running.visitor();
    await entersNumbers(suzuki, left.corporation);
    await entersDetails(suzuki, left.suzuki);
    const tabs = Array.from({ length: 3 }, () => suzuki.tab());
    for (const tab of tabs) await tab.opens(suzuki.page.path);
    await Promise.all(tabs.map((tab) => tab.presses('登録')));
    for (const tab of tabs) expect(tab.page.h1).toBe('管理者追加登録完了');
    expect(await cases(left)).toBe(1);
    expect((await running.mailbox.mailTo(left.suzuki.email)).subject).toContain(
      '管理者追加登録完了のご案内',
    );
    await running.mailbox.nothingFor(left.suzuki.email);
  });
});

describe('the run of a browser', () => {
  it('is of no use to another one', async () => {
    const left = await leftBehind(running);
    const suzuki = running.visitor();
    await entersNumbers(suzuki, left.corporation);
    await entersDetails(suzuki, left.suzuki);
    const flow = flowOf(suzuki);
    const thief = running.visitor();
    await entersNumbers(thief, (await leftBehind(running)).corporation);
    for (const page of ['details', 'confirmation', 'completed']) {
      const seen = await thief.sends('GET', `/admin-enrollment/${page}?flow=${flow}`);
      expect(seen.headers.location).toBe('/admin-enrollment');
      const fields = { ...fieldsOf(flow), act: 'correct' };
      const sent = await thief.sends('POST', `/admin-enrollment/${page}`, { fields });
      expect(sent.headers.location).toBe('/admin-enrollment');
    }
    expect(await cases(left)).toBe(0);
    await suzuki.presses('登録');
    expect(await registered(left)).toEqual([left.suzuki.email]);
  });

  it('is of no use at the other door', async () => {
    const left = await leftBehind(running);
    const suzuki = running.visitor();
    await entersNumbers(suzuki, left.corporation);
    await entersDetails(suzuki, left.suzuki);
    const sent = await suzuki.sends('POST', '/initiate/confirmation', {
      fields: { flow: flowOf(suzuki) },
    });
    expect(sent.headers.location).toBe('/initiate');
    expect(await cases(left)).toBe(0);
  });
});

it('an application that its administrators believe to be over stays over', async () => {
  const left = await leftBehind(running);
  await running.clock.stopsAt(new Date('2026-12-01T09:00:00+09:00'));
  const attacker = running.visitor();
  await applies(attacker, left.corporation, left.suzuki);
  const objection = running.mailbox.linkIn(await running.mailbox.mailTo(left.sato.email));
  await running.mailbox.mailTo(left.suzuki.email);
  await running.clock.advance('23 hours');
  await attacker.opens(attacker.page.path);
  await signsIn(attacker, left.suzuki);
  await attacker.presses('メールを再送する');
  const renewed = await running.mailbox.mailTo(left.suzuki.email);
  expect(renewed.text).toContain('2026年12月2日(水) 9時00分まで');
  await running.clock.advance('1 hour');
  const sato = running.visitor();
  await sato.opens(objection);
  expect(sato.page.h1).toBe('この登録は終わっています');

  await attacker.opens(running.mailbox.linkIn(renewed));
  expect(attacker.page.h1).toBe('このURLは期限が切れています');
  await signsIn(attacker, left.suzuki);
  expect(attacker.page.status).toBe(410);
  await attacker.sends('POST', '/activation', { fields: { act: 'send-again' } });
  await inUnitOfWork(() => running.app.get(ApplicationQueue).startAll());
  await signsIn(attacker, left.suzuki);
  expect(attacker.page.status).toBe(422);
  await running.mailbox.nothingFor(left.suzuki.email);
  await running.clock.reset();
});
