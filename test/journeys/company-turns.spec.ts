import { startApp, type RunningApp } from '../support/app.js';
import { Visitor } from '../support/browser.js';
import { holdsUp } from '../support/held-company.js';
import { invited, office } from '../support/invitation.js';
import { beginsRemoval, newsMail, smallCompany } from '../support/lost-factor.js';
import type { Corporation } from '../support/people.js';
import { signsIn } from '../support/registration.js';

const PLACES_OF_A_SESSION = 10;

let running: RunningApp;
beforeAll(async () => {
  running = await startApp({ databasePool: 5 });
});
afterAll(() => running.stop());

let people = 0;
const invites = (person: Visitor, more: Record<string, string> = {}) =>
  person.sends('POST', '/accounts/new', {
    fields: { ...invited(`person-${(people += 1)}@sakura.example`), ...more },
  });

const times = <T>(count: number, work: () => T): T[] => Array.from({ length: count }, work);

const statuses = async (answers: ReturnType<typeof invites>[]) =>
  (await Promise.all(answers)).map(({ status }) => status);

/** Until so many of them found no place, or lost it to others. */
async function refused(count: number, posts: ReturnType<typeof invites>[]): Promise<void> {
  let seen = 0;
  const { promise, resolve } = Promise.withResolvers<void>();
  const counts = async (post: ReturnType<typeof invites>) => {
    if ((await post).status === 503) seen += 1;
    if (seen === count) resolve();
  };
  for (const post of posts) void counts(post);
  await promise;
}

async function colleagueOf(corporation: Corporation): Promise<Visitor> {
  const given = { corporation, loginId: `tanaka-${corporation.corporateNumber}`, name: '田中 健' };
  const colleague = running.visitor();
  await signsIn(colleague, await running.people.administratorExists(given));
  return colleague;
}

const endsOthers = (person: Visitor) =>
  person.sends('POST', '/me/sessions', { fields: { act: 'end-others' } });

it('what waits for one company leaves connections to all others', async () => {
  const { corporation, person } = await office(running);
  const { sato: other } = await office(running);
  const colleague = await colleagueOf(corporation);
  const held = await holdsUp(running, corporation);
  const posts = [person, colleague].flatMap((each) => times(4, () => invites(each)));
  await held.isWaitedFor(2);
  const { loginId, password } = other;
  const signsInThere = () =>
    running.visitor().sends('POST', '/login', { fields: { loginId, password } });
  for (let time = 0; time < 3; time += 1) expect((await signsInThere()).status).toBe(303);
  expect(await held.waiting()).toBe(2);
  await held.letsGo();
  expect(await statuses(posts)).toEqual(posts.map(() => 303));
});

it('a session that floods fills its own places, and keeps no other session waiting', async () => {
  const { corporation, person, sato } = await office(running);
  const owner = running.visitor();
  await signsIn(owner, sato);
  const held = await holdsUp(running, corporation);
  const flood = times(PLACES_OF_A_SESSION + 1, () => invites(person));
  const first = await Promise.race(flood);
  expect([first.status, Number(first.headers['retry-after']) > 0]).toEqual([503, true]);
  const own = endsOthers(owner);
  await held.letsGo();
  expect((await own).status).toBe(303);
  await Promise.all(flood);
});

it('three stolen sessions that flood keep out neither their owner nor a colleague', async () => {
  const { corporation, person: owner, sato } = await office(running);
  const stolen = times(3, () => running.visitor());
  for (const each of stolen) await signsIn(each, sato);
  const colleague = await colleagueOf(corporation);
  const held = await holdsUp(running, corporation);
  const floods = stolen.map((each) => times(PLACES_OF_A_SESSION + 1, () => invites(each)));
  // One of each is refused: the sessions have all the places that they can have.
  for (const flood of floods) expect((await Promise.race(flood)).status).toBe(503);
  const honest = [owner, colleague].flatMap((each) => times(5, () => invites(each)));
  await held.isWaitedFor(2);
  await refused(3 + 5, [...floods.flat(), ...honest]);
  await held.letsGo();
  expect(await statuses(honest)).toEqual(honest.map(() => 303));
  await Promise.all(floods.flat());
});

it('a stolen cookie that floods from elsewhere does not keep its owner out', async () => {
  const { corporation, person: owner } = await office(running);
  const thief = new Visitor(running.url, { address: '198.51.100.7' }, owner.jar);
  const held = await holdsUp(running, corporation);
  const flood = times(PLACES_OF_A_SESSION + 1, () => invites(thief));
  expect((await Promise.race(flood)).status).toBe(503);
  const honest = times(3, () => invites(owner));
  await refused(1 + 3, [...flood, ...honest]);
  await held.letsGo();
  expect(await statuses(honest)).toEqual([303, 303, 303]);
  await Promise.all(flood);
});

it('a form that is pressed again and again leaves the other place to colleagues', async () => {
  const { corporation, person } = await office(running);
  const colleague = await colleagueOf(corporation);
  await person.opens('/accounts/new');
  const formId = /name="formId" value="([^"]+)"/.exec(person.page.html)![1]!;
  const email = 'once@sakura.example';
  const held = await holdsUp(running, corporation);
  const presses = times(PLACES_OF_A_SESSION + 1, () => invites(person, { email, formId }));
  expect((await Promise.race(presses)).status).toBe(503);
  await held.isWaitedFor(1);
  // Needs no more of the company than its own turn.
  expect((await endsOthers(colleague)).status).toBe(303);
  expect(await held.waiting()).toBe(1);
  await held.letsGo();
  const answers = (await Promise.all(presses)).filter(({ status }) => status !== 503);
  expect(answers.map(({ status }) => status)).toEqual(times(PLACES_OF_A_SESSION, () => 303));
  expect(new Set(answers.map(({ headers }) => headers.location)).size).toBe(1);
  const sent = await running.pool.query('select from invitations where email = $1', [email]);
  expect(sent.rowCount).toBe(1);
});

it('a company that waits for itself holds up nothing that strangers do', async () => {
  const { corporation, person } = await office(running);
  const colleague = await colleagueOf(corporation);
  const held = await holdsUp(running, corporation);
  const posts = [invites(person), invites(person), invites(colleague)];
  await held.isWaitedFor(2);
  const pair = { corporateNumber: '1234567', transferAccountNumber: '7654321' };
  const types = (visitor: Visitor) => visitor.sends('POST', '/initiate/numbers', { fields: pair });
  const signedIn = types(person);
  expect((await types(running.visitor({ address: '198.51.100.1' }))).status).toBe(422);
  expect((await signedIn).status).toBe(422);
  await held.letsGo();
  expect(await statuses(posts)).toEqual([303, 303, 303]);
});

it('an objection to the removal of a factor waits in its company’s turn alone', async () => {
  const company = await smallCompany(running);
  await beginsRemoval(running, company);
  const reader = running.visitor();
  await reader.opens(running.mailbox.linkIn(await newsMail(running, company.billing)));
  const holder = await running.pool.connect();
  await holder.query('begin');
  const held = 'select from factor_removals where account_id = $1 for update';
  await holder.query(held, [company.sato.id]);
  const objecting = reader.presses('異議を申し立てる');
  const waits = `select from pg_stat_activity where wait_event_type = 'Lock' and query like '%factor_removals%'`;
  while ((await running.pool.query(waits)).rowCount === 0);
  const fields = { corporateNumber: '1234567', transferAccountNumber: '7654321' };
  const stranger = running.visitor({ address: '198.51.100.1' });
  expect((await stranger.sends('POST', '/initiate/numbers', { fields })).status).toBe(422);
  await holder.query('commit');
  holder.release();
  await objecting;
  expect(reader.page.h1).toBe('異議申し立てを受け付けました');
});
