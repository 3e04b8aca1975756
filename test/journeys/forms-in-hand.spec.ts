import type { PoolClient } from 'pg';
import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { invited, office } from '../support/invitation.js';
import { invitedOf, listOf, pastes } from '../support/invitation-import.js';
import { until } from '../support/until.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

/** Somebody about to invite, and what sends the filled form. */
async function inviting(email: string): Promise<{ send: () => ReturnType<Visitor['sends']> }> {
  const { person } = await office(running);
  await person.opens('/accounts/new');
  const formId = /name="formId" value="([^"]+)"/.exec(person.page.html)![1]!;
  const fields = { ...invited(email), department: '', phone: '', formId };
  return { send: () => person.sends('POST', '/accounts/new', { fields }) };
}

/** While another client's transaction has done this. */
async function during(statement: string, work: () => Promise<void>): Promise<void> {
  const holding: PoolClient = await running.pool.connect();
  try {
    await holding.query('begin');
    await holding.query(statement);
    await work();
  } finally {
    await holding.query('commit');
    holding.release();
  }
}

const claims = async (more = '') =>
  (
    await running.pool.query<{ created_at: Date }>(
      `select created_at from form_submissions where location is null ${more}`,
    )
  ).rows;

const invitations = async (email: string): Promise<number> =>
  (await running.pool.query('select from invitations where email = $1', [email])).rowCount!;

it('the request that works on a form says so, and nobody takes the form over', async () => {
  const { send } = await inviting('long@sakura.example');
  const sent: ReturnType<Visitor['sends']>[] = [];
  await during('lock table mail_deliveries in share mode', async () => {
    sent.push(send());
    await until(async () => (await claims()).length !== 0);
    const [made] = await claims();
    sent.push(send());
    await until(async () => (await claims())[0]!.created_at > made!.created_at);
  });
  const answers = await Promise.all(sent);
  expect(answers.map(({ status }) => status)).toEqual([303, 303]);
  expect(answers[1]!.headers.location).toBe(answers[0]!.headers.location);
  expect(await invitations('long@sakura.example')).toBe(1);
});

it('whoever sends again what takes very long is told that it is under way', async () => {
  const { send } = await inviting('very-long@sakura.example');
  const sent: ReturnType<Visitor['sends']>[] = [];
  await during('lock table mail_deliveries in share mode', async () => {
    sent.push(send());
    await until(async () => (await claims()).length !== 0);
    // Another process, which gives signs of life.
    await running.pool.query(
      `update form_submissions set holder = gen_random_uuid(), created_at = genkan_now() + '1 hour'
       where location is null`,
    );
  });
  expect((await sent[0]!).status).toBe(503);
  const { status, text } = await send();
  expect(status).toBe(202);
  expect(text).toContain('もう一度送信する必要はありません。');
  expect(text).toContain('href="/accounts/new"');
});

it('a list that one tab sends is not sent by another, which is told so', async () => {
  const { person, corporation } = await office(running);
  await pastes(person, listOf(2).text);
  const other = person.tab();
  await other.opens(person.page.path);
  await during('select from flows for update', async () => {
    await other.presses('2名を招待する');
    expect(other.page.path).toBe('/accounts/invitations');
    expect(other.page.notice).toContain('この2名への招待は、現在お送りしています。');
  });
  expect(await invitedOf(running, corporation)).toBe(0);
  await person.presses('2名を招待する');
  expect(await invitedOf(running, corporation)).toBe(2);
});
