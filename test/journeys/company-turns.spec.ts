import type { PoolClient } from 'pg';
import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { invited, office } from '../support/invitation.js';
import type { Corporation } from '../support/people.js';
import { signsIn } from '../support/registration.js';

const PLACES_OF_A_SESSION = 10;

let running: RunningApp;
beforeAll(async () => {
  running = await startApp({ databasePool: 5 });
});
afterAll(() => running.stop());

/** Whoever changes something of the company waits until this is let go. */
async function holdsUp(corporation: Corporation): Promise<PoolClient> {
  const holder = await running.pool.connect();
  await holder.query('begin');
  await holder.query('select from corporations where id = $1 for no key update', [corporation.id]);
  return holder;
}

async function letsGo(holder: PoolClient): Promise<void> {
  await holder.query('rollback');
  holder.release();
}

async function waiting(holder: PoolClient): Promise<number> {
  const { rows } = await holder.query<{ count: number }>(
    `select count(*)::int from pg_stat_activity
     where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return rows[0]!.count;
}

let people = 0;
const invites = (person: Visitor) =>
  person.sends('POST', '/accounts/new', {
    fields: { ...invited(`person-${(people += 1)}@sakura.example`) },
  });

const statuses = async (answers: ReturnType<typeof invites>[]) =>
  (await Promise.all(answers)).map(({ status }) => status);

it('what waits for one company leaves connections to all others', async () => {
  const { corporation, person, sato } = await office(running);
  const { sato: other } = await office(running);
  const secondBrowser = running.visitor();
  await signsIn(secondBrowser, sato);
  const holder = await holdsUp(corporation);
  const posts = [person, secondBrowser].flatMap((browser) =>
    Array.from({ length: 4 }, () => invites(browser)),
  );
  while ((await waiting(holder)) < 2);
  const { loginId, password } = other;
  const signsInThere = () =>
    running.visitor().sends('POST', '/login', { fields: { loginId, password } });
  for (let times = 0; times < 3; times += 1) expect((await signsInThere()).status).toBe(303);
  expect(await waiting(holder)).toBe(2);
  await letsGo(holder);
  expect(await statuses(posts)).toEqual(posts.map(() => 303));
});

it('a session that floods fills its own places, and keeps no other session waiting', async () => {
  const { corporation, person, sato } = await office(running);
  const owner = running.visitor();
  await signsIn(owner, sato);
  const holder = await holdsUp(corporation);
  const flood = Array.from({ length: PLACES_OF_A_SESSION + 1 }, () => invites(person));
  const first = await Promise.race(flood);
  expect([first.status, Number(first.headers['retry-after']) > 0]).toEqual([503, true]);
  const own = owner.sends('POST', '/me/sessions', { fields: { act: 'end-others' } });
  await letsGo(holder);
  expect((await own).status).toBe(303);
  await Promise.all(flood);
});

it('what waited in a session that somebody ended is not done', async () => {
  const { corporation, person, sato } = await office(running);
  const holder = await holdsUp(corporation);
  const posts = Array.from({ length: 5 }, () => invites(person));
  while ((await waiting(holder)) < 2);
  // As an act of somebody does, which would wait for the company here too.
  await running.pool.query('delete from sessions where account_id = $1', [sato.id]);
  await letsGo(holder);
  const answers = await Promise.all(posts);
  const led = answers.filter(({ headers }) => /^\/login\b/.test(String(headers.location)));
  expect(led).toHaveLength(3);
});

it('a company that waits for itself holds up nothing that strangers do', async () => {
  const { corporation, person, sato } = await office(running);
  const secondBrowser = running.visitor();
  await signsIn(secondBrowser, sato);
  const holder = await holdsUp(corporation);
  const posts = [invites(person), invites(person), invites(secondBrowser)];
  while ((await waiting(holder)) < 2);
  const pair = { corporateNumber: '1234567', transferAccountNumber: '7654321' };
  const types = (visitor: Visitor) => visitor.sends('POST', '/initiate/numbers', { fields: pair });
  const signedIn = types(person);
  expect((await types(running.visitor({ address: '198.51.100.1' }))).status).toBe(422);
  expect((await signedIn).status).toBe(422);
  await letsGo(holder);
  expect(await statuses(posts)).toEqual([303, 303, 303]);
});
