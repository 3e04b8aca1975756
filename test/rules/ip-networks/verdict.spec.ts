import { BlockList, isIPv4 } from 'node:net';
import { startApp, type RunningApp } from '../../support/app.js';
import { listExists } from '../../support/ip-lists.js';
import type { Corporation } from '../../support/people.js';

let running: RunningApp;
let companies = 0;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

function company(): Promise<Corporation> {
  companies += 1;
  return running.people.corporationExists({
    corporateNumber: String(1_000_000 + companies),
    name: '株式会社さくら',
  });
}

async function verdicts(
  { id }: Corporation,
  addresses: string[],
): Promise<{ admitted: boolean; network: string | null }[]> {
  const { rows } = await running.pool.query(
    `select v.admitted, v.network from unnest($2::inet[]) with ordinality as a (address, place)
     cross join lateral ip_verdict($1, a.address) v order by place`,
    [id, addresses],
  );
  return rows as { admitted: boolean; network: string | null }[];
}

/** Always the same numbers: a failure can be repeated. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

it('agrees with another matcher on 100,000 lists and addresses', async () => {
  const random = randomNumbers(20_261_122);
  const hextet = () => random(0x10000).toString(16);
  // Few different beginnings, so that addresses fall into networks often.
  const v4 = () => [10 + random(2), random(3), random(256), random(256)].join('.');
  const v6 = () => `2001:db8:${random(3)}:${random(4)}:${hextet()}:0:${hextet()}:${hextet()}`;
  const address = () => (random(2) === 0 ? v4() : v6());
  const entry = (): [string, number] => {
    const start = address();
    return [start, isIPv4(start) ? 16 + random(17) : 32 + random(97)];
  };
  let admitted = 0;
  for (let lists = 0; lists < 200; lists += 1) {
    const corporation = await company();
    const blocks = new BlockList();
    const networks = Array.from({ length: 1 + random(12) }, entry);
    for (const [start, bits] of networks)
      blocks.addSubnet(start, bits, isIPv4(start) ? 'ipv4' : 'ipv6');
    const { rows } = await running.pool.query<{ network: string }>(
      'select distinct network(set_masklen(s, b))::text as network from unnest($1::inet[], $2::int[]) as e (s, b)',
      [networks.map(([start]) => start), networks.map(([, bits]) => bits)],
    );
    await listExists(
      running,
      corporation,
      rows.map(({ network }) => network),
    );
    const addresses = Array.from({ length: 500 }, address);
    const expected = addresses.map((one) => blocks.check(one, isIPv4(one) ? 'ipv4' : 'ipv6'));
    const found = await verdicts(corporation, addresses);
    expect(found.map((one) => one.admitted)).toEqual(expected);
    admitted += expected.filter(Boolean).length;
  }
  expect(admitted).toBeGreaterThan(10_000);
  expect(admitted).toBeLessThan(90_000);
});

it('names the narrowest entry that admits', async () => {
  const sakura = await company();
  await listExists(running, sakura, ['198.51.0.0/16', '198.51.100.0/24', '198.51.100.7/32']);
  expect(
    await verdicts(sakura, ['198.51.100.7', '198.51.100.8', '198.51.1.1', '198.52.0.0']),
  ).toEqual(
    ['198.51.100.7/32', '198.51.100.0/24', '198.51.0.0/16', null].map((network) => ({
      admitted: network !== null,
      network,
    })),
  );
});

it('admits everybody where nothing was ever restricted, or the newest list restricts nothing', async () => {
  const sakura = await company();
  const everybody = [{ admitted: true, network: null }];
  expect(await verdicts(sakura, ['192.0.2.1'])).toEqual(everybody);
  await listExists(running, sakura, ['198.51.100.0/24']);
  expect(await verdicts(sakura, ['192.0.2.1'])).toEqual([{ admitted: false, network: null }]);
  await listExists(running, sakura, [], { restricts: false });
  expect(await verdicts(sakura, ['192.0.2.1'])).toEqual(everybody);
});

it('admits nobody by an entry from its end on', async () => {
  const [sakura, end] = [await company(), new Date('2026-11-22T10:00:00+09:00')];
  await listExists(running, sakura, [{ network: '198.51.100.0/24', endsAt: end }]);
  const isAdmitted = async () => (await verdicts(sakura, ['198.51.100.1']))[0]!.admitted;
  await running.clock.stopsAt(new Date(end.getTime() - 1000));
  expect(await isAdmitted()).toBe(true);
  await running.clock.advance('1 second');
  expect(await isAdmitted()).toBe(false);
});

it('knows no entry of another company', async () => {
  const [sakura, momiji] = [await company(), await company()];
  await listExists(running, sakura, ['198.51.100.0/24']);
  await listExists(running, momiji, ['203.0.113.0/24']);
  expect((await verdicts(sakura, ['203.0.113.1']))[0]!.admitted).toBe(false);
});

it('rests while the desk suspends the restriction, to the second', async () => {
  const [sakura, end] = [await company(), new Date('2026-11-22T12:00:00+09:00')];
  await running.clock.stopsAt(new Date('2026-11-22T10:00:00+09:00'));
  await listExists(running, sakura, ['198.51.100.0/24']);
  await running.pool.query(
    `insert into ip_suspensions (corporation_id, reason, suspended_by, ends_at) values ($1, '電話', '窓口', $2)`,
    [sakura.id, end],
  );
  const isAdmitted = async () => (await verdicts(sakura, ['192.0.2.1']))[0]!.admitted;
  expect(await isAdmitted()).toBe(true);
  await running.clock.stopsAt(end);
  expect(await isAdmitted()).toBe(false);
});
