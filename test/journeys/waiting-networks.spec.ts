import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';

const PASSWORD = 'sakura-2026-mochi';
const START = Date.parse('2026-11-22T18:30:00+09:00');

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
  const corporation = await running.people.corporationExists({
    corporateNumber: '1234567',
    name: '株式会社さくら',
  });
  await running.people.administratorExists({ corporation, loginId: 'sato', name: '佐藤 花子' });
});
afterAll(() => running.stop());
beforeEach(() => clockAt(0));

const clockAt = (seconds: number) => running.clock.stopsAt(new Date(START + seconds * 1000));

const enters = (loginId: string, password: string, person: Visitor = running.visitor()) =>
  person.sends('POST', '/login', { fields: { loginId, password } });

const succeeds = async (person?: Visitor) =>
  (await enters('sato', PASSWORD, person)).status === 303;

/** So many failures of new browsers came from there in this quarter of an hour. */
const failedAt = (network: string, failures: number) =>
  running.pool.query(`insert into waiting_times values ($1, $2, genkan_now(), '-infinity')`, [
    `network:${network}`,
    failures,
  ]);

describe('a network with many failures', () => {
  it('lets its new browsers wait for 5, 15, then 60 seconds each, after 500 failures', async () => {
    const address = '203.0.113.9';
    const colleague = running.visitor({ address });
    expect(await succeeds(colleague)).toBe(true);
    await failedAt(address, 500);
    let second = 0;
    for (const wait of [5, 15, 60, 60]) {
      await enters(`nobody-${second}`, 'wrong-1234', running.visitor({ address }));
      const refused = await enters('sato', PASSWORD, running.visitor({ address }));
      expect([refused.status, refused.headers['retry-after']]).toEqual([429, String(wait)]);
      expect(refused.text).toContain('およそ1分後に');
      colleague.jar.cookies.delete('session');
      expect(await succeeds(colleague)).toBe(true);
      expect(await succeeds()).toBe(true);
      second += wait;
      await clockAt(second);
    }
    expect(await succeeds(running.visitor({ address }))).toBe(true);
  });

  it('lets people who are signed in give their password, in a browser that is not known too', async () => {
    const address = '203.0.113.12';
    const person = running.visitor({ address });
    expect(await succeeds(person)).toBe(true);
    person.jar.cookies.delete('device');
    await clockAt(5 * 60);
    await failedAt(address, 500);
    await enters('nobody-here', 'wrong-1234', running.visitor({ address }));
    expect(await succeeds(running.visitor({ address }))).toBe(false);
    const fields = { email: 'hanako@sakura.example', currentPassword: PASSWORD };
    const answer = await person.sends('POST', '/me/email', { fields });
    expect([answer.status, answer.headers.location]).toEqual([303, '/me/email']);
  });

  it('is counted anew each quarter of an hour', async () => {
    const [inTime, late] = ['203.0.113.10', '203.0.113.11'];
    for (const address of [inTime, late]) await failedAt(address, 500);
    for (const [seconds, address, status] of [
      [15 * 60, inTime, 429],
      [15 * 60 + 1, late, 422],
      [15 * 60 + 6, inTime, 422],
    ] as const) {
      await clockAt(seconds);
      const fails = () => enters(`nobody-${seconds}`, 'wrong-1234', running.visitor({ address }));
      await fails();
      expect((await fails()).status).toBe(status);
    }
  });

  it.each([
    ['203.0.114.0/24', '203.0.114.7', '203.0.114.8', '203.0.115.8'],
    ['2001:db8:1::/48', '2001:db8:1:1::7', '2001:db8:1:2::8', '2001:db8:2:1::8'],
  ])('is %s too, after 2,000', async (site, one, neighbour, elsewhere) => {
    await failedAt(site, 2_000);
    await enters('nobody', 'wrong-1234', running.visitor({ address: one }));
    expect((await enters('nobody', 'x', running.visitor({ address: neighbour }))).status).toBe(429);
    expect((await enters('nobody', 'x', running.visitor({ address: elsewhere }))).status).toBe(422);
  });
});
