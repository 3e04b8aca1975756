import { setImmediate as nextRound } from 'node:timers/promises';
import { Beginnings } from '../../src/web/requests/beginnings.js';

const AT_ONCE = 2;

/** Requests by the names of their clients, in the order in which they begin. */
function door() {
  const beginnings = new Beginnings((_, begin) => void setImmediate(begin));
  const begun: string[] = [];
  const gone = new Set<string>();
  const comes = (client: string, site = client) =>
    beginnings.take(
      {
        site,
        client,
        cookies: { owner: client.startsWith('known') ? { site, client } : undefined },
        isGone: () => gone.has(client),
      },
      () => begun.push(client),
    );
  const come = (times: number, client: string, site?: string) => {
    for (let time = 0; time < times; time += 1) comes(client, site);
  };
  return { begun, gone, come };
}

it('begins a few at once, and others when the event loop has read who else asks', async () => {
  const { begun, come } = door();
  come(AT_ONCE + 1, 'crowd');
  expect(begun).toHaveLength(AT_ONCE);
  await nextRound();
  expect(begun).toHaveLength(AT_ONCE + 1);
});

it('begins whoever comes into a crowd of one network in the next round', async () => {
  const { begun, come } = door();
  come(300, 'crowd');
  come(1, 'somebody');
  await nextRound();
  expect(begun.slice(AT_ONCE)).toContain('somebody');
});

it('begins several requests of somebody before those of many networks that ask without pause', async () => {
  const { begun, come } = door();
  for (let turn = 0; turn < 10; turn += 1)
    for (let network = 0; network < 100; network += 1) come(1, `flood-${network}`);
  while (begun.length < 500) await nextRound();
  const before = begun.length;
  for (let step = 1; step <= 3; step += 1) {
    come(1, 'somebody');
    await nextRound();
    await nextRound();
    expect(begun.filter((client) => client === 'somebody')).toHaveLength(step);
  }
  expect(begun.length - before).toBe(6 * AT_ONCE);
});

it('forgets in time what a network began', async () => {
  const { begun, come } = door();
  come(100, 'office');
  while (begun.length < 100) await nextRound();
  for (let network = 0; network < 25_000; network += 1) {
    come(1, `passing-${network}`);
    await nextRound();
  }
  for (let turn = 0; turn < 40; turn += 1)
    for (let network = 0; network < 50; network += 1) come(1, `flood-${network}`);
  while (begun.length < 26_300) await nextRound();
  come(1, 'office');
  await nextRound();
  await nextRound();
  expect(begun.filter((client) => client === 'office')).toHaveLength(101);
});

it('lets clients wait for themselves and not their neighbours in the network', async () => {
  const { begun, come } = door();
  for (let turn = 0; turn < 10; turn += 1)
    for (let client = 0; client < 20; client += 1) come(1, `crowd-${client}`, 'office');
  while (begun.length < 100) await nextRound();
  come(1, 'colleague', 'office');
  await nextRound();
  await nextRound();
  expect(begun).toContain('colleague');
});

it('begins those whose cookies were found good in turn with others, however busy they are', async () => {
  const { begun, come } = door();
  come(60, 'known-office');
  while (begun.length < 60) await nextRound();
  for (let network = 0; network < 100; network += 1) come(1, `flood-${network}`);
  come(10, 'known-office');
  for (let round = 0; round < 10; round += 1) await nextRound();
  expect(begun.slice(60).filter((client) => client === 'known-office').length).toBeGreaterThan(5);
});

it('keeps nobody out for ever new networks', async () => {
  const { begun, come } = door();
  come(10, 'office');
  for (let round = 0; round < 12; round += 1) {
    for (let one = 0; one < AT_ONCE; one += 1) come(1, `new-${round}-${one}`);
    await nextRound();
  }
  expect(begun.filter((client) => client === 'office').length).toBeGreaterThan(2 * AT_ONCE);
});

it('gives no place to whoever hung up', async () => {
  const { begun, gone, come } = door();
  come(AT_ONCE, 'somebody');
  come(100, 'gone');
  come(1, 'another');
  gone.add('gone');
  await nextRound();
  expect(begun.slice(AT_ONCE)).toEqual(['another']);
});
