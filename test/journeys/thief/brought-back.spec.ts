import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import { Operator } from '../../support/command.js';
import { dismiss, grant, onlyCase, TAMURA } from '../../support/desk-people.js';
import { activates, applicant, signsIn } from '../../support/registration.js';
import {
  applies,
  leftBehind,
  objectionLink,
  objects,
  provesForReview,
  takesOver,
  type LeftBehind,
} from '../../support/succession.js';

let running: RunningApp;
let operator: Operator;
beforeAll(async () => {
  running = await startApp();
  operator = new Operator(running);
});
afterAll(() => running.stop());
afterEach(() => running.clock.reset());

const linkTo = async (email: string) => running.mailbox.linkIn(await running.mailbox.mailTo(email));

const idOf = async ({ loginId }: { loginId: string }) => {
  const text = 'select id from accounts where login_id_key = $1';
  return (await running.pool.query<{ id: string }>(text, [loginId])).rows[0]!.id;
};

async function posts(person: Visitor, path: string, fields: Record<string, string>): Promise<void> {
  const { status, headers } = await person.sends('POST', path, { fields });
  expect({ status, to: headers.location }).toEqual({
    status: 303,
    to: expect.stringMatching(/^\/accounts/),
  });
}

/** 佐藤 objected by mistake, the desk sent 鈴木 away, and 佐藤 brings 鈴木 back and leaves. */
async function broughtBack(): Promise<LeftBehind & { id: string }> {
  const left = await leftBehind(running);
  await takesOver(running, left);
  await objects(running.visitor(), await objectionLink(running, left.sato));
  await dismiss(operator, (await onlyCase(running, left)).number);
  const id = await idOf(left.suzuki);
  const sato = running.visitor();
  await signsIn(sato, left.sato);
  expect((await sato.sends('POST', `/accounts/${id}/restoration`, { fields: {} })).status).toBe(
    303,
  );
  await posts(sato, `/accounts/${id}/suspension`, { act: 'release' });
  const suzuki = running.visitor();
  await signsIn(suzuki, left.suzuki);
  await posts(suzuki, '/accounts/deletion', { accountId: left.sato.id });
  await running.clock.advance('8 days');
  return { ...left, id };
}

async function thiefOf(left: LeftBehind): Promise<Visitor> {
  const mallory = applicant(`mallory-${left.suzuki.loginId}`);
  const thief = running.visitor();
  await applies(thief, left.corporation, mallory);
  await activates(thief, await linkTo(mallory.email));
  await signsIn(thief, mallory);
  return thief;
}

const stages = async ({ corporation }: LeftBehind) => {
  const text = 'select state from enrollments where corporation_id = $1 order by created_at';
  const { rows } = await running.pool.query<{ state: string }>(text, [corporation.id]);
  return rows.map(({ state }) => state);
};

describe('somebody whom the desk sent away and the administrators brought back', () => {
  it.each(['at once', 'after the thief’s deletion'])('objects %s', async (when) => {
    const left = await broughtBack();
    const thief = await thiefOf(left);
    const link = await objectionLink(running, { ...left.sato, email: left.suzuki.email });
    if (when !== 'at once') await posts(thief, '/accounts/deletion', { accountId: left.id });
    await objects(running.visitor(), link);
    expect(await stages(left)).toEqual(['refused', 'objected']);
    const suzuki = running.visitor();
    await signsIn(suzuki, left.suzuki);
    expect(suzuki.page.h1).toBe('TOPページ');
  });
});

it('the desk hears of a newcomer whose only witness it sent away meanwhile', async () => {
  const left = await leftBehind(running);
  await takesOver(running, left);
  await running.clock.advance('11 days');
  await operator.types('account', 'erase', left.sato.loginId, ...TAMURA);
  const mallory = applicant(`mallory-${left.suzuki.loginId}`);
  await applies(running.visitor(), left.corporation, mallory);
  const { rows } = await running.pool.query<{ number: string }>(
    `select case_number as number from enrollments where corporation_id = $1 and account_id = $2`,
    [left.corporation.id, await idOf(left.suzuki)],
  );
  await dismiss(operator, rows[0]!.number);
  const person = running.visitor();
  const link = await linkTo(mallory.email);
  await grant(operator, await provesForReview(running, person, mallory, link));
  await activates(person, new URL(await linkTo(mallory.email)).pathname);
  const told = await running.pool.query(
    `select from mail_deliveries where kind = 'unwitnessed-for-desk'`,
  );
  expect(told.rowCount).toBe(1);
  expect((await operator.types('enrollment', 'list')).out).toContain('told 0 of 1');
});
