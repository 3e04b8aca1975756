import { HourlyCounts } from '../../src/audit/hourly-counts.js';
import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import type { Corporation } from '../support/people.js';

const PASSWORD = 'sakura-2026-mochi';
const START = Date.parse('2026-11-22T18:30:00+09:00');

let running: RunningApp;
let sakura: Corporation;
let people = 0;
beforeAll(async () => {
  running = await startApp();
  sakura = await running.people.corporationExists({
    corporateNumber: '1234567',
    name: '株式会社さくら',
  });
});
afterAll(() => running.stop());
beforeEach(() => clockAt(0));

const clockAt = (seconds: number) => running.clock.stopsAt(new Date(START + seconds * 1000));

/** The login ID of somebody who never failed yet. */
async function somebody(): Promise<string> {
  people += 1;
  const loginId = `sato-${people}`;
  await running.people.administratorExists({ corporation: sakura, loginId, name: '佐藤 花子' });
  return loginId;
}

const enters = (loginId: string, password: string, person: Visitor = running.visitor()) =>
  person.sends('POST', '/login', { fields: { loginId, password } });

async function fails(loginId: string, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1)
    expect((await enters(loginId, 'wrong-1234')).status).toBe(422);
}

const succeeds = async (loginId: string, person?: Visitor) =>
  (await enters(loginId, PASSWORD, person)).status === 303;

/** How many tries got a verdict, by the log. */
async function verdicts(): Promise<number> {
  const { rows } = await running.pool.query<{ count: number }>(
    `select count(*)::int from audit_entries where reason = 'password-wrong'`,
  );
  return rows[0]!.count;
}

/** What was counted in this hour, by reason. */
async function counted(reason: string): Promise<number> {
  await running.app.get(HourlyCounts).write();
  const { rows } = await running.pool.query<{ used: number }>(
    'select coalesce(sum(used), 0)::int as used from limit_counters where key like $1',
    [`hourly|sign-in|${reason}|%`],
  );
  return rows[0]!.used;
}

describe('failures of a login ID', () => {
  it('are free five times', async () => {
    const loginId = await somebody();
    await fails(loginId, 5);
    expect(await succeeds(loginId)).toBe(true);
  });

  it('then cost 5, 15, 60, 300 and 900 seconds, and never more', async () => {
    const loginId = await somebody();
    await fails(loginId, 5);
    let second = 0;
    for (const wait of [5, 15, 60, 300, 900, 900, 900]) {
      await fails(loginId, 1);
      await clockAt(second + wait - 1);
      expect(await succeeds(loginId)).toBe(false);
      second += wait;
      await clockAt(second);
    }
    expect(await succeeds(loginId)).toBe(true);
  });

  it('are forgotten after a success', async () => {
    const loginId = await somebody();
    await fails(loginId, 5);
    expect(await succeeds(loginId)).toBe(true);
    await fails(loginId, 5);
    expect(await succeeds(loginId)).toBe(true);
  });

  it('are forgotten after a day without one', async () => {
    const [late, inTime] = [await somebody(), await somebody()];
    for (const loginId of [late, inTime]) await fails(loginId, 5);
    await clockAt(86_400);
    await fails(inTime, 1);
    expect(await succeeds(inTime)).toBe(false);
    await clockAt(86_401);
    await fails(late, 5);
    expect(await succeeds(late)).toBe(true);
  });

  it('do not grow by tries during the wait', async () => {
    const loginId = await somebody();
    await fails(loginId, 20);
    await clockAt(5);
    expect(await succeeds(loginId)).toBe(true);
  });

  it('are counted in every spelling of the login ID together', async () => {
    const loginId = await somebody();
    await fails(loginId.toUpperCase(), 3);
    await fails(` ${loginId.replace('sato', 'ｓａｔｏ')}`, 3);
    expect(await succeeds(loginId)).toBe(false);
  });

  it('survive a restart', async () => {
    const loginId = await somebody();
    await fails(loginId, 6);
    await running.restart();
    expect(await succeeds(loginId)).toBe(false);
    await clockAt(5);
    expect(await succeeds(loginId)).toBe(true);
  });

  it('count for a login ID that nobody has as well', async () => {
    const [unknown, waiting] = [await counted('account-unknown'), await counted('waiting')];
    await fails('nobody-at-all', 9);
    expect((await counted('account-unknown')) - unknown).toBe(6);
    expect((await counted('waiting')) - waiting).toBe(3);
  });
});

describe('tries at the same time', () => {
  it('learn no more from 100 guesses than from guesses in a row', async () => {
    const loginId = await somebody();
    const before = await verdicts();
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, index) => enters(loginId, `guess-number-${index}`)),
    );
    for (const { status } of answers) expect([422, 503]).toContain(status);
    expect((await verdicts()) - before).toBe(6);
    expect(await succeeds(loginId)).toBe(false);
  });

  it('all succeed when 20 of one person are right', async () => {
    const loginId = await somebody();
    const tries = await Promise.all(Array.from({ length: 20 }, () => succeeds(loginId)));
    expect(tries).toEqual(Array<boolean>(20).fill(true));
  });
});

describe('a browser that somebody signed in with', () => {
  it('is not hindered by the failures of strangers', async () => {
    const loginId = await somebody();
    const own = running.visitor();
    expect(await succeeds(loginId, own)).toBe(true);
    await own.sends('POST', '/logout', { fields: {} });
    await fails(loginId, 8);
    expect(await succeeds(loginId)).toBe(false);
    expect(await succeeds(loginId, own)).toBe(true);
  });

  it('has its own budget, which ends too', async () => {
    const loginId = await somebody();
    const own = running.visitor();
    expect(await succeeds(loginId, own)).toBe(true);
    for (let times = 0; times < 6; times += 1) await enters(loginId, 'wrong-1234', own);
    expect(await succeeds(loginId, own)).toBe(false);
    expect(await succeeds(loginId)).toBe(true);
  });

  it('is a stranger again after ten failures in a row', async () => {
    const loginId = await somebody();
    const own = running.visitor();
    expect(await succeeds(loginId, own)).toBe(true);
    for (let times = 0; times < 10; times += 1) {
      await clockAt(times * 900);
      await enters(loginId, 'wrong-1234', own);
    }
    await clockAt(10 * 900);
    await fails(loginId, 6);
    expect(await succeeds(loginId, own)).toBe(false);
    await clockAt(10 * 900 + 5);
    expect(await succeeds(loginId, own)).toBe(true);
    await fails(loginId, 6);
    expect(await succeeds(loginId, own)).toBe(true);
  });

  it('helps no other account, and for 30 days only', async () => {
    const [mine, yours] = [await somebody(), await somebody()];
    const own = running.visitor();
    expect(await succeeds(mine, own)).toBe(true);
    await fails(yours, 6);
    expect(await succeeds(yours, own)).toBe(false);
    await clockAt(30 * 24 * 3600);
    await fails(mine, 6);
    expect(await succeeds(mine, own)).toBe(false);
  });
});
