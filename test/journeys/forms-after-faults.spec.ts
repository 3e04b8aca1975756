import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { endsAt, endsNoMore } from '../support/ending-connections.js';
import { invited, invites, office } from '../support/invitation.js';
import { lockIsWaitedFor } from '../support/until.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());
afterEach(() => endsNoMore(running, 'form_submissions', 'mail_deliveries'));

/** Somebody about to invite, and what sends the filled form. */
async function inviting(email: string): Promise<{ send: () => ReturnType<Visitor['sends']> }> {
  const { person } = await office(running);
  await person.opens('/accounts/new');
  const formId = /name="formId" value="([^"]+)"/.exec(person.page.html)![1]!;
  const fields = { ...invited(email), department: '', phone: '', formId };
  return { send: () => person.sends('POST', '/accounts/new', { fields }) };
}

const invitationsOf = async (email: string): Promise<number> =>
  (await running.pool.query('select from invitations where email = $1', [email])).rowCount!;

it('a form that was done is not done again while its answer cannot be noted', async () => {
  const { send } = await inviting('noted@sakura.example');
  await endsAt(running, 'update of location', 'form_submissions');
  const first = await send();
  expect(first.status).toBe(303);
  const again = await Promise.all([send(), send()]);
  expect(again.map(({ status }) => status)).toEqual([409, 409]);
  expect(again[0]!.text).toContain('送信は完了しています');
  expect(await invitationsOf('noted@sakura.example')).toBe(1);

  await endsNoMore(running, 'form_submissions');
  let settled = await send();
  while (settled.status === 409) settled = await send();
  expect(settled.headers.location).toBe(first.headers.location);
  await running.mailbox.mailTo('noted@sakura.example');
  await running.mailbox.nothingFor('noted@sakura.example');
});

it('a form that was not done is free again as soon as the database is, for one of those who repeat it', async () => {
  const { send } = await inviting('free@sakura.example');
  await endsAt(running, 'insert', 'mail_deliveries');
  await endsAt(running, 'delete', 'form_submissions');
  expect((await send()).status).toBe(503);
  expect(await invitationsOf('free@sakura.example')).toBe(0);
  await endsNoMore(running, 'mail_deliveries', 'form_submissions');
  // While the clock stands, nobody takes over a claim that was left.
  await running.clock.stopsAt(await running.clock.now());
  const again = await Promise.all([send(), send(), send()]);
  await running.clock.reset();
  expect(again.map(({ status }) => status)).toEqual([303, 303, 303]);
  expect(new Set(again.map(({ headers }) => headers.location)).size).toBe(1);
  expect(await invitationsOf('free@sakura.example')).toBe(1);
});

it('the claim of a killed process is taken over by one of those who repeat the form', async () => {
  const { send } = await inviting('killed@sakura.example');
  await endsAt(running, 'insert', 'mail_deliveries');
  await endsAt(running, 'delete', 'form_submissions');
  expect((await send()).status).toBe(503);
  await endsNoMore(running, 'mail_deliveries');
  await running.pool.query(
    `update form_submissions set created_at = created_at - interval '6 seconds' where location is null`,
  );
  const again = await Promise.all([send(), send(), send()]);
  expect(again.map(({ status }) => status)).toEqual([303, 303, 303]);
  expect(await invitationsOf('killed@sakura.example')).toBe(1);
});

it('a request whose claim was taken over does nothing any more', async () => {
  const { send } = await inviting('slow@sakura.example');
  const holding = await running.pool.connect();
  await holding.query('begin; lock table mail_deliveries in share mode');
  const first = send();
  await lockIsWaitedFor(running.pool);
  await running.pool.query(
    `update form_submissions set created_at = created_at - interval '6 seconds', holder = null
     where location is null`,
  );
  const second = send();
  await lockIsWaitedFor(running.pool, { times: 2 });
  await holding.query('commit');
  holding.release();
  expect([(await first).status, (await second).status]).toEqual([503, 303]);
  expect(await invitationsOf('slow@sakura.example')).toBe(1);
});

it('mails that a fault prevented are not counted, however often', async () => {
  const { person } = await office(running);
  await endsAt(running, 'insert', 'mail_deliveries');
  for (let times = 0; times < 4; times += 1) {
    await invites(person, invited('uncounted@sakura.example'));
    expect(person.posted!.status).toBe(503);
  }
  await endsNoMore(running, 'mail_deliveries');
  for (const status of [303, 303, 303, 422]) {
    await invites(person, invited('uncounted@sakura.example'));
    expect(person.posted!.status).toBe(status);
  }
});

it('leads back to the form, and keeps what can be kept of it', async () => {
  const { person } = await office(running);
  await person.opens('/accounts/new');
  await endsAt(running, 'insert', 'mail_deliveries');
  await invites(person, invited('back@sakura.example'));
  expect(person.posted!.status).toBe(503);
  expect(person.page.text).toContain(
    '前のページに戻る（または再読み込みする）と、もう一度送信できます。',
  );
  const ways = person.page.root.querySelectorAll('main .gk-actions a.gk-button');
  expect(ways.map((way) => way.getAttribute('href'))).toEqual(['/accounts/new', '/']);
  for (const path of ['/initiate/numbers', '/password-reset/numbers', '/me/profile']) {
    await person.opens(path);
    expect([path, person.page.html.includes('autocomplete="off"')]).toEqual([path, false]);
  }
});
