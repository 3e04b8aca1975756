/** Honest people beside each flood: whether they get in, how long it takes, and what is written. */
import { setTimeout as wait } from 'node:timers/promises';
import { signInOf, type Application } from './application.ts';
import type { Ask } from './connection.ts';
import { flood, type Job } from './load.ts';
import { addHonestPeople, HonestPerson } from './honest-people.ts';
import { cpuOf } from './processes.ts';
import type { Samples } from './samples.ts';
import { inDatabase } from './stage.ts';

const KNOWN = 4;
const NEW = 4;
const EVERY_MS = 400;
/** Recoveries and registrations that end during one flood, and as many in the quiet before it. */
const STEPS = 3;
const SIGN_INS = 12;

type Flood = Pick<Job, 'asks' | 'clients' | 'addresses'>;

/** What happens to honest people in a span of time. */
interface Fates {
  known: [boolean, number][];
  strange: [boolean, number][];
  steps: [boolean, number][];
}

type Step = () => Promise<[boolean, number]>;

/** Wrong passwords at so many login IDs, existing or not. */
const guesses = (count: number): Ask[] =>
  Array.from({ length: count }, (_, index) => ({
    method: 'POST',
    path: '/login',
    form: { loginId: `nobody-${index}`, password: 'wrong-2026-password', next: '/' },
  }));

/** Further floods join here. */
async function floodsOf(application: Application): Promise<Record<string, Flood>> {
  const asks = guesses(997);
  const cookie = await application.signIn(signInOf('ito-demo'));
  const own = signInOf('ito-demo');
  return {
    'one address × 64': { asks, clients: 64, addresses: ['203.0.113.1'] },
    'rotating /64s × 150': {
      asks,
      clients: 150,
      addresses: Array.from({ length: 4096 }, (_, n) => `2001:db8:77:${n.toString(16)}::1`),
    },
    'own browser × 60': {
      asks: [{ ...own, headers: { Cookie: cookie } }],
      clients: 60,
      addresses: ['203.0.114.1'],
    },
    'judging × 20': { ...(await judging(application)), clients: 20, addresses: ['203.0.115.1'] },
    'failures from 16 networks': {
      asks,
      clients: 16,
      addresses: Array.from({ length: 16 }, (_, n) => `203.1.${n}.1`),
    },
  };
}

/** One proved flow that tries passwords which are hard to judge. */
async function judging({ port }: Application): Promise<Pick<Flood, 'asks'>> {
  const { flow, cookie } = await new HonestPerson(port, 'judging').provesNumbers();
  const asks = Array.from({ length: 97 }, (_, index): Ask => {
    const password = `${index}4@a4@a4@a4@a4@a4@a4@a4@a4@a4@a`;
    const form = { flow, loginId: 'judged', password, passwordConfirmation: password };
    return { method: 'POST', path: '/initiate/details', form, headers: { Cookie: cookie } };
  });
  return { asks };
}

export async function measureFloods(
  application: Application,
  databaseUrl: string,
  samples: Samples,
  seconds: number,
): Promise<void> {
  const floods = Object.entries(await floodsOf(application));
  const people = KNOWN + NEW + 2 * STEPS * floods.length;
  await addHonestPeople(databaseUrl, people);
  let person = 0;
  const next = () => new HonestPerson(application.port, `honest-${(person += 1)}`);
  const known = Array.from({ length: KNOWN }, next);
  const strangers = Array.from({ length: NEW }, () => next().loginId);
  await Promise.all(known.map((one) => one.signIn()));
  for (const [name, job] of floods) {
    console.error(`bench: flood, ${name} …`);
    const steps = await beginSteps(next);
    const quiet = await honest(application, known, strangers, steps.splice(0, STEPS), seconds);
    const before = await sizeOf(databaseUrl);
    const flooding = flood({ port: application.port, seconds: seconds + 2, status: 422, ...job });
    await wait(1_000);
    const flooded = await honest(application, known, strangers, steps, seconds);
    const outcome = await flooding;
    const after = await sizeOf(databaseUrl);
    samples.add({
      [`${name} known`]: successOf(flooded.known),
      [`${name} strange`]: successOf([...flooded.strange, ...flooded.steps]),
      [`${name} knownSlower`]: medianOf(flooded.known) / medianOf(quiet.known),
      [`${name} strangeSlower`]: medianOf(flooded.strange) / medianOf(quiet.strange),
      [`${name} stepsSlower`]: medianOf(flooded.steps) / medianOf(quiet.steps),
      [`${name} quietMs`]: medianOf(quiet.strange),
      [`${name} floodMs`]: medianOf(flooded.strange),
      [`${name} answered`]: outcome.times.length,
      [`${name} refused`]: (outcome.others[503] ?? 0) + (outcome.others[429] ?? 0),
      [`${name} grewKiB`]: (after.tables - before.tables) / 1024,
      [`${name} walKiB`]: (after.wal - before.wal) / 1024,
    });
    // The next flood begins in the quiet.
    await wait(2_000);
  }
  await costOfRefusal(application, samples);
}

/** CPU of the web process for one refused post, beside that of one sign-in with its hash. */
async function costOfRefusal(application: Application, samples: Samples): Promise<void> {
  const { port, pid } = application;
  const beforeSignIns = cpuOf(pid) + cpuOf(application.hashPid);
  for (let signedIn = 0; signedIn < SIGN_INS; signedIn += 1) await application.signIn();
  const signIn = (cpuOf(pid) + cpuOf(application.hashPid) - beforeSignIns) / SIGN_INS;
  const crowd = { port, asks: guesses(97), addresses: ['203.0.117.1'], status: 429 };
  await flood({ ...crowd, clients: 150, seconds: 2 });
  // Until nobody of the crowd waits for a hash any more.
  await wait(2_500);
  const before = cpuOf(pid);
  const refused = await flood({ ...crowd, clients: 400, seconds: 2 });
  const each = (cpuOf(pid) - before) / refused.times.length;
  samples.add({
    refusalShare: each / signIn,
    refusalCpu: each,
    signInCpu: signIn,
  });
}

/** Recoveries and registrations up to their last step. */
async function beginSteps(next: () => HonestPerson): Promise<Step[]> {
  const steps: Step[] = [];
  for (let step = 0; step < 2 * STEPS; step += 1) {
    const person = next();
    steps.push(step % 2 === 0 ? await person.beginsToRecover() : await person.beginsToRegister());
  }
  return steps;
}

async function honest(
  { port }: Application,
  known: HonestPerson[],
  strangers: string[],
  steps: Step[],
  seconds: number,
): Promise<Fates> {
  const until = performance.now() + seconds * 1000;
  const again = async (act: Step, fates: Fates['known']) => {
    while (performance.now() < until) {
      fates.push(await act());
      await wait(EVERY_MS);
    }
  };
  const fates: Fates = { known: [], strange: [], steps: [] };
  await Promise.all([
    ...known.map((person) => again(() => person.signIn(), fates.known)),
    ...strangers.map((loginId) =>
      again(() => new HonestPerson(port, loginId).signIn(), fates.strange),
    ),
    (async () => {
      for (const step of steps) fates.steps.push(await step());
    })(),
  ]);
  return fates;
}

function successOf(fates: Fates['known']): number {
  return fates.filter(([isFine]) => isFine).length / fates.length;
}

function medianOf(fates: Fates['known']): number {
  const times = fates.map(([, milliseconds]) => milliseconds).toSorted((a, b) => a - b);
  return times[times.length >> 1] ?? NaN;
}

async function sizeOf(databaseUrl: string): Promise<{ tables: number; wal: number }> {
  const [size] = await inDatabase<{ tables: number; wal: number }>(databaseUrl, [
    `select (select sum(pg_total_relation_size(oid)) from pg_class
             where relkind = 'r' and relnamespace = 'public'::regnamespace)::float8 as tables,
            pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float8 as wal`,
  ]);
  return size!;
}
