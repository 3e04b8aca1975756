import { startApp, type RunningApp } from '../support/app.js';
import { appliesByMail, guessedAt, isUsed, provesBehind } from '../support/proof.js';
import { applicant, entersDetails, entersNumbers, registers } from '../support/registration.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

it.each([
  ['/24', '203.0.113.7', '203.0.113.0/24', '203.0.112.7'],
  ['/48', '2001:db8:7:9::1', '2001:db8:7::/48', '2001:db8:8:9::1'],
])(
  'comparisons by mail are 30 a day for a network (%s), which waits, and nobody else',
  async (_, address, network, elsewhere) => {
    const corporation = await guessedAt(running);
    await isUsed(running, 30, `proof:network:mail:${network}`);
    const link = await appliesByMail(running, corporation, applicant(`network-${address.length}`));
    const person = running.visitor({ address });
    await provesBehind(link, person);
    expect(person.page.status).toBe(429);
    expect(person.page.text).toContain('別の接続からは、すぐにお手続きいただけます。');
    person.movesTo(elsewhere);
    await provesBehind(link, person);
    expect(person.page.path).toBe('/login');
  },
);

it.each([
  ['/24', (place: number) => `203.0.113.${place}`, '203.0.112.1'],
  ['/48', (place: number) => `2001:db8:7:${place}::1`, '2001:db8:8:9::1'],
])('applications by mail are 30 a day for a network (%s)', async (network, at, elsewhere) => {
  const corporation = await guessedAt(running);
  const person = running.visitor({ address: at(1) });
  await entersNumbers(person, corporation);
  await entersDetails(person, applicant(`network.last-${network.slice(1)}`));
  for (let times = 1; times <= 30; times += 1) {
    const neighbour = running.visitor({ address: at(times + 1) });
    await registers(neighbour, corporation, applicant(`network-${network.slice(1)}-${times}`));
    expect(neighbour.page.h1).toBe('新規登録受付完了');
  }
  await person.presses('登録');
  const honest =
    /お使いのネットワーク[^]*正しいかどうかを確認していません[^]*別の接続からは、すぐに/;
  expect([person.page.status, person.page.text]).toEqual([429, expect.stringMatching(honest)]);
  expect(person.page.text).toContain(running.config.deskPhone);
  await person.follows('最初のページへ戻る');
  expect(person.page.path).toBe('/initiate');
  const late = running.visitor({ address: at(99) });
  await entersNumbers(late, corporation);
  expect(late.page.status).toBe(429);
  late.movesTo(elsewhere);
  await registers(late, corporation, applicant(`network.moved-${network.slice(1)}`));
  expect(late.page.h1).toBe('新規登録受付完了');
});
