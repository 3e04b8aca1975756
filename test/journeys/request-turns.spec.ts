import { randomUUID } from 'node:crypto';
import { startApp, type RunningApp } from '../support/app.js';
import { holdsUp } from '../support/held-company.js';
import { acceptance, invitationTo, invited, invites, office } from '../support/invitation.js';
import { until } from '../support/until.js';

const POOL = 10;
/** Of strangers and readers of mails; of one company of people. */
const AT_ONCE = { strangers: 2, ofCompany: 3 };
const MANY = 3 * POOL;

let running: RunningApp;
beforeAll(async () => {
  running = await startApp({ databasePool: POOL });
});
afterAll(() => running.stop());

/** Whoever reads the table waits until it is let go. */
async function locks(table: string) {
  const holder = await running.pool.connect();
  await holder.query(`begin; lock table ${table} in access exclusive mode`);
  const waiting = async () => {
    const { rows } = await holder.query<{ count: number }>(
      `select count(*)::int from pg_locks where relation = $1::regclass and not granted`,
      [table],
    );
    return rows[0]!.count;
  };
  return {
    waiting,
    isWaitedFor: (times: number) => until(async () => (await waiting()) >= times),
    letsGo: async () => {
      await holder.query('commit');
      holder.release();
    },
  };
}

it('readers of a mailed link wait for each other, and leave the connections to everybody else', async () => {
  const { person } = await office(running);
  const { person: other } = await office(running);
  await invites(person, invited('reader@sakura.example'));
  const link = await invitationTo(running, 'reader@sakura.example');
  const readers = Array.from({ length: MANY }, () => running.visitor());
  for (const reader of readers) await reader.sends('GET', new URL(link).pathname);
  const lock = await locks('invitations');
  const reads = readers.map((reader) => reader.sends('GET', '/invitation'));
  await lock.isWaitedFor(AT_ONCE.strangers);
  expect((await other.sends('GET', '/me')).status).toBe(200);
  expect(await lock.waiting()).toBe(AT_ONCE.strangers);
  await lock.letsGo();
  const answers = await Promise.all(reads);
  expect(answers.map(({ status }) => status)).toEqual(reads.map(() => 200));
});

it('a company that asks for many pages at once leaves connections to all others', async () => {
  const { person } = await office(running);
  const { person: other } = await office(running);
  const lock = await locks('invitations');
  const reads = Array.from({ length: MANY }, () => person.sends('GET', '/accounts/invitations'));
  await lock.isWaitedFor(AT_ONCE.ofCompany);
  expect((await other.sends('GET', '/me')).status).toBe(200);
  expect(await lock.waiting()).toBe(AT_ONCE.ofCompany);
  await lock.letsGo();
  const answers = await Promise.all(reads);
  expect(answers.map(({ status }) => status)).toEqual(reads.map(() => 200));
});

it('who waits in the queue of a company leaves his turn to others of his network meanwhile', async () => {
  const { corporation, person } = await office(running);
  const links: string[] = [];
  for (const name of ['one', 'two', 'three']) {
    const email = `${name}@sakura.example`;
    await invites(person, invited(email));
    links.push(await invitationTo(running, email));
  }
  const held = await holdsUp(running, corporation);
  const address = '203.0.113.77';
  const posts = links.map((link, one) =>
    running.visitor({ address }).sends('POST', new URL(link).pathname, acceptance(`rester-${one}`)),
  );
  await held.isWaitedFor(1);
  expect((await running.visitor({ address }).sends('GET', '/contact')).status).toBe(200);
  await held.letsGo();
  const answers = await Promise.all(posts);
  expect(answers.map(({ status }) => status)).toEqual(links.map(() => 303));
});

it('posts without a session wait before they are looked up', async () => {
  const lock = await locks('form_submissions');
  const posts = Array.from({ length: MANY }, () =>
    running.visitor().sends('POST', '/me/profile', { fields: { formId: randomUUID() } }),
  );
  await lock.isWaitedFor(AT_ONCE.strangers);
  expect((await running.visitor().sends('GET', '/login')).status).toBe(200);
  expect(await lock.waiting()).toBe(AT_ONCE.strangers);
  await lock.letsGo();
  const answers = await Promise.all(posts);
  expect(answers.map(({ status }) => status)).toEqual(posts.map(() => 303));
});
