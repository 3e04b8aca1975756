/** Whether a stranger can tell from the time of an answer who exists, and which numbers are right. */
import { setTimeout as wait } from 'node:timers/promises';
import { Connection, requestBytes, type Ask } from './connection.ts';
import { wrongPairs } from './flood-kinds.ts';
import { addHonestPeople } from './honest-people.ts';
import { flood } from './load.ts';
import { size, type Row } from './rows.ts';
import type { Samples } from './samples.ts';
import type { Stage } from './stage.ts';

/** Of each kind; the rank AUC of as many that are alike is within 0.035 of a half, 19 times of 20. */
const TRIES = 600;
const OF_A_QUICK_RUN = 200;
/** What follows an answer, such as a mail, is over before the next one is asked for. */
const PAUSE_MS = 25;
/** Beyond so many all numbers are compared by mail, for the rest of the hour. */
const ALARMED = 110;

type Kind = (n: number) => Ask;

const signIn = (loginId: string): Ask => ({
  method: 'POST',
  path: '/login',
  form: { loginId, password: 'wrong-2026-password', next: '/' },
});
const recovery = (email: string): Ask => ({
  method: 'POST',
  path: '/password-reset',
  form: { email },
});
const numbers = (corporateNumber: string, transferAccountNumber: string): Ask => ({
  method: 'POST',
  path: '/admin-enrollment/numbers',
  form: { corporateNumber, transferAccountNumber, flow: '' },
});

const PAIRS: Record<string, [Kind, Kind]> = {
  'wrong password, known and unknown login ID': [
    (n) => signIn(`equal-${n}`),
    (n) => signIn(`unequal-${n}`),
  ],
  'recovery, known and unknown address': [
    (n) => recovery(`equal-${n}@example.jp`),
    (n) => recovery(`unequal-${n}@example.jp`),
  ],
  'numbers by mail, right and wrong': [
    () => numbers('2000002', '2345678'),
    () => numbers('2000002', '7654321'),
  ],
  'numbers by mail, right and of no company': [
    () => numbers('2000002', '2345678'),
    () => numbers('9000009', '2345678'),
  ],
};

export async function measureEqualTimes(
  { application: { port }, databaseUrl }: Stage,
  samples: Samples,
  { quick }: { quick?: boolean | undefined },
): Promise<void> {
  const tries = quick ? OF_A_QUICK_RUN : TRIES;
  await addHonestPeople(databaseUrl, tries, 'equal');
  const asks = wrongPairs(Array.from({ length: ALARMED }, (_, n) => 4_000_000 + n));
  const addresses = Array.from({ length: ALARMED }, newAddress);
  await flood({ port, asks, addresses, clients: 4, seconds: 4, status: 422 });
  for (const [name, kinds] of Object.entries(PAIRS)) {
    console.error(`bench: equal times, ${name} …`);
    const times = await timesOf(port, kinds, tries);
    samples.add({ [`${name} auc`]: rankAuc(...times) });
  }
}

export function equalRows(samples: Samples): Row[] {
  return Object.keys(PAIRS).map((name) => {
    const auc = samples.median(`${name} auc`);
    return size(`rank AUC − ½: ${name}`, Math.abs(auc - 0.5), '', '', [0.05]);
  });
}

/** One after the other, each from a network of its own, in an order that nobody could foresee. */
async function timesOf(port: number, kinds: [Kind, Kind], tries: number) {
  const times: [number[], number[]] = [[], []];
  const connection = new Connection(port);
  for (let n = 1; n <= tries; n += 1)
    for (const which of Math.random() < 0.5 ? ([0, 1] as const) : ([1, 0] as const)) {
      const ask = kinds[which](n);
      const headers = { 'X-Forwarded-For': newAddress() };
      times[which].push((await connection.ask(requestBytes({ ...ask, headers }))).milliseconds);
      await wait(PAUSE_MS);
    }
  connection.close();
  return times;
}

/** How often one of the first took longer than one of the second: a half where they are alike. */
function rankAuc(first: number[], second: number[]): number {
  const wins = (one: number) =>
    second.reduce((sum, other) => sum + (one > other ? 1 : one === other ? 0.5 : 0), 0);
  return first.reduce((sum, one) => sum + wins(one), 0) / (first.length * second.length);
}

let networks = 0;

function newAddress(): string {
  networks += 1;
  return `172.${networks >> 8}.${networks & 255}.7`;
}
