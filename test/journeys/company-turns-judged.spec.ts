import { setTimeout as wait } from 'node:timers/promises';
import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { holdsUp, type HeldCompany } from '../support/held-company.js';
import { invited, office } from '../support/invitation.js';
import { listExists } from '../support/ip-lists.js';
import { beginsRemoval, newsMail, smallCompany } from '../support/lost-factor.js';
import type { Corporation, Member } from '../support/people.js';
import { lockIsWaitedFor } from '../support/until.js';

const FILES_IN_HAND = 3;

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterEach(() => running.clock.reset());
afterAll(() => running.stop());

let people = 0;
const invites = (person: Visitor) =>
  person.sends('POST', '/accounts/new', {
    fields: { ...invited(`person-${(people += 1)}@sakura.example`) },
  });

const exports = (person: Visitor, more: Record<string, string> = {}) =>
  person.sends('POST', '/accounts/export', { fields: more });

async function doneOf(act: string, { id }: Corporation): Promise<number> {
  const { rowCount } = await running.pool.query(
    'select from audit_entries where act = $1 and corporation_id = $2',
    [act, id],
  );
  return rowCount!;
}

const exportsOf = (corporation: Corporation) => doneOf('accounts-export', corporation);

/** With a second administrator, because a company keeps one. */
async function newOffice() {
  const at = await office(running);
  const { corporation } = at;
  const loginId = `tanaka-${corporation.corporateNumber}`;
  await running.people.administratorExists({ corporation, loginId, name: '田中 健' });
  return at;
}

/** One invites and waits for the company, and exports wait behind it: as many as a person may have in hand. */
async function exportsWait(person: Visitor, corporation: Corporation) {
  const held = await holdsUp(running, corporation);
  const atWork = invites(person);
  await held.isWaitedFor(1);
  const waiting = Array.from({ length: FILES_IN_HAND + 1 }, () => exports(person));
  expect((await Promise.race(waiting)).status).toBe(503);
  const answers = async () => (await Promise.all(waiting)).filter(({ status }) => status !== 503);
  return { held, atWork, answers };
}

type Change = (held: HeldCompany, sato: Member) => Promise<unknown>;

const alters =
  (change: string): Change =>
  ({ holder }, { id }) =>
    holder.query(`update accounts set ${change} where id = $1`, [id]);

const JUDGED: [string, Change, number, RegExp][] = [
  ['the role', alters(`role = 'staff'`), 403, /管理者の方のためのページです/],
  [
    'the probation',
    alters(`probation_ends_at = genkan_now() + interval '1 day'`),
    403,
    /まだご利用いただけません/,
  ],
  ['a suspension', alters(`state = 'suspended'`), 303, /^\/login/],
  ['the IP list', () => running.clock.advance('3 minutes'), 403, /アクセス制限エラー/],
  ['the age of the password', () => running.clock.advance('6 minutes'), 403, /パスワードの確認/],
  [
    'the session',
    ({ holder }, { id }) => holder.query('delete from sessions where account_id = $1', [id]),
    303,
    /^\/login/,
  ],
];

describe('a post that waited is judged as if it came now', () => {
  it.each(JUDGED)('by %s', async (by, change, status, shown) => {
    const { corporation, person, sato } = await newOffice();
    person.movesTo('198.51.100.7');
    const here = { network: '198.51.100.0/24', endsAt: new Date(Date.now() + 120_000) };
    if (by === 'the IP list') await listExists(running, corporation, ['192.0.2.0/24', here]);
    const { held, atWork, answers } = await exportsWait(person, corporation);
    await change(held, sato);
    await held.letsGo();
    await atWork;
    const judged = await answers();
    expect(judged).toHaveLength(FILES_IN_HAND);
    for (const answer of judged) {
      expect(answer.status).toBe(status);
      expect(answer.headers.location ?? answer.text).toMatch(shown);
    }
    expect(await exportsOf(corporation)).toBe(0);
  });

  it('and goes on by the password that it gave', async () => {
    const { corporation, person, sato } = await newOffice();
    const held = await holdsUp(running, corporation);
    const atWork = invites(person);
    await held.isWaitedFor(1);
    await running.clock.advance('6 minutes');
    const waiting = exports(person, { currentPassword: sato.password });
    expect(await Promise.race([waiting, wait(300)])).toBeUndefined();
    await held.letsGo();
    expect((await atWork).status).toBe(303);
    expect((await waiting).status).toBe(200);
    expect(await exportsOf(corporation)).toBe(1);
  });
});

const ADMINISTRATORS_ACTS: Record<string, [path: string, fields: Record<string, string>]> = {
  'accounts-export': ['/accounts/export', {}],
  'log-export': ['/log/export', { format: 'ndjson' }],
  'people-review': ['/accounts/handover', { act: 'reviewed' }],
  'people-review-reminders': ['/accounts/handover', { act: 'reminders-off' }],
};

const ENDINGS = Object.keys(ADMINISTRATORS_ACTS).flatMap((act) =>
  ['role', 'session'].map((ended) => [act, ended] as const),
);

describe('an act of an administrator that is at work', () => {
  it.each(ENDINGS)('%s is not done when the %s ended before its turn', async (act, ended) => {
    const { corporation, person, sato } = await newOffice();
    const held = await holdsUp(running, corporation);
    const [path, fields] = ADMINISTRATORS_ACTS[act]!;
    const acting = person.sends('POST', path, { fields });
    await held.isWaitedFor(1);
    const change = {
      role: `update accounts set role = 'staff' where id = $1`,
      session: 'delete from sessions where account_id = $1',
    }[ended]!;
    await held.holder.query(change, [sato.id]);
    await held.letsGo();
    expect((await acting).status).toBe(403);
    expect(await doneOf(act, corporation)).toBe(0);
  });
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
  await lockIsWaitedFor(running.pool, { about: 'factor_removals' });
  const fields = { corporateNumber: '1234567', transferAccountNumber: '7654321' };
  const stranger = running.visitor({ address: '198.51.100.1' });
  expect((await stranger.sends('POST', '/initiate/numbers', { fields })).status).toBe(422);
  await holder.query('commit');
  holder.release();
  await objecting;
  expect(reader.page.h1).toBe('異議申し立てを受け付けました');
});
