/** What a refused post costs, and how much a million of them leave in the database. */
import { availableParallelism } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import type { Application } from './application.ts';
import type { Ask } from './connection.ts';
import { guesses } from './flood-kinds.ts';
import { flood, type Job } from './load.ts';
import { cpuOf } from './processes.ts';
import type { Samples } from './samples.ts';
import { inDatabase, sizeOf } from './stage.ts';

const MANY = 1_000_000;
const SECONDS = 2;
const SIGN_INS = 12;
/** The places of the room, and those at work. */
const FULL = 512 + Math.ceil(1.5 * availableParallelism());

/** A network whose sign-ins wait, and one that used up its wrong pairs, until tomorrow. */
const EXHAUSTED = `
  with waits as (
    insert into waiting_times values ('network:203.2.1.1', 501, genkan_now(), genkan_now() + interval '1 day'))
  insert into limit_counters values ('proof:network:enrollment:203.2.2.0/24', 30, genkan_now() + interval '1 day')`;

const signIn: Ask = {
  method: 'POST',
  path: '/login',
  form: { loginId: 'nobody', password: 'wrong-2026-password', next: '/' },
};
const numbers: Ask = {
  method: 'POST',
  path: '/initiate/numbers',
  form: { corporateNumber: '1000001', transferAccountNumber: '7654321', flow: '' },
};

/** So many at once that most find no room; waiting networks; used-up limits. */
const KINDS: Pick<Job, 'asks' | 'clients' | 'addresses' | 'status'>[] = [
  { asks: [signIn], clients: 1_000, addresses: ['203.2.0.1'], status: 503 },
  { asks: [signIn], clients: 8, addresses: ['203.2.1.1'], status: 429 },
  { asks: [numbers], clients: 8, addresses: ['203.2.2.1'], status: 429 },
];

/** CPU of the web process for one refused post, beside that of one sign-in with its hash. */
export async function costOfRefusal(application: Application, samples: Samples): Promise<void> {
  const { port, pid } = application;
  const beforeSignIns = cpuOf(pid) + cpuOf(application.hashPid);
  for (let signedIn = 0; signedIn < SIGN_INS; signedIn += 1) await application.signIn();
  const signIn = (cpuOf(pid) + cpuOf(application.hashPid) - beforeSignIns) / SIGN_INS;
  const crowd = { port, asks: guesses(97), addresses: ['203.0.117.1'], status: 503 };
  // Nobody's turn ends meanwhile, so whoever comes to the full room is refused.
  process.kill(application.hashPid, 'SIGSTOP');
  const waiting = flood({ ...crowd, clients: FULL, seconds: 7 });
  await wait(2_000);
  const before = cpuOf(pid);
  // Long enough that each connection, which costs as much as the refusals, is used several times.
  const refused = await flood({ ...crowd, clients: 400, seconds: 4 });
  const each = (cpuOf(pid) - before) / refused.times.length;
  process.kill(application.hashPid, 'SIGCONT');
  await waiting;
  samples.add({
    refusalShare: each / signIn,
    refusalCpu: each,
    signInCpu: signIn,
  });
}

/**
 * Sends refused posts of each kind in rounds. What the first round leaves is what any number leaves
 * (counters, bounded flows); what the others add is counted up to a million.
 * @param count at least so many; a million for the full count
 */
export async function measureRefusedPosts(
  { port }: Application,
  databaseUrl: string,
  samples: Samples,
  count: number,
): Promise<void> {
  await inDatabase(databaseUrl, [EXHAUSTED]);
  const before = await sizeOf(databaseUrl);
  const first = await round(port);
  const settled = await sizeOf(databaseUrl);
  let others = 0;
  do others += await round(port);
  while (first + others < count);
  const after = await sizeOf(databaseUrl);
  const each = (after.tables - settled.tables) / others;
  const left = settled.tables - before.tables + each * Math.max(others, MANY - first);
  samples.add({ refusedPosts: first + others, refusedKiB: left / 1024 });
}

/** @returns how many were refused */
async function round(port: number): Promise<number> {
  let refused = 0;
  for (const kind of KINDS)
    refused += (await flood({ ...kind, port, seconds: SECONDS })).times.length;
  return refused;
}
