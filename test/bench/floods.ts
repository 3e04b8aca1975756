/** Honest people beside each flood: whether they get in, how long it takes, and what is written. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Application } from './application.ts';
import { floodsOf } from './flood-kinds.ts';
import { addHonestPeople, HonestPerson } from './honest-people.ts';
import { flood } from './load.ts';
import { costOfRefusal, measureRefusedPosts } from './refused-posts.ts';
import type { Samples } from './samples.ts';
import { sizeOf, type Stage } from './stage.ts';

const KNOWN = 4;
const NEW = 4;
const EVERY_MS = 400;
/** Recoveries and registrations that end during one flood, and as many in the quiet before it. */
const STEPS = 3;

/** What happens to honest people in a span of time. */
interface Fates {
  known: [boolean, number][];
  strange: [boolean, number][];
  steps: [boolean, number][];
}

type Step = () => Promise<[boolean, number]>;

export async function measureFloods(
  { application, databaseUrl }: Stage,
  samples: Samples,
  { quick, refusals }: { quick?: boolean | undefined; refusals?: string | undefined },
): Promise<void> {
  const seconds = quick ? 5 : 12;
  const floods = Object.entries(await floodsOf(application));
  const people = KNOWN + NEW + 2 * STEPS * floods.length;
  await addHonestPeople(databaseUrl, people);
  await addHonestPeople(databaseUrl, 3_000, 'listed');
  let person = 0;
  const next = () => new HonestPerson(application.port, `honest-${(person += 1)}`);
  const known = Array.from({ length: KNOWN }, next);
  const strangers = Array.from({ length: NEW }, () => next().loginId);
  await Promise.all(known.map((one) => one.signIn()));
  for (const [name, { isOfNumbers, ...job }] of floods) {
    console.error(`bench: flood, ${name} …`);
    const steps = await beginSteps(next, isOfNumbers);
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
  const count = Number(refusals ?? (quick ? 3_000 : 20_000));
  console.error(`bench: ${count} refused posts …`);
  await measureRefusedPosts(application, databaseUrl, samples, count);
}

/** Recoveries and registrations up to their last step, or up to their numbers. */
async function beginSteps(next: () => HonestPerson, isOfNumbers = false): Promise<Step[]> {
  const steps: Step[] = [];
  for (let step = 0; step < 2 * STEPS; step += 1) {
    const person = next();
    if (step % 2 === 0)
      steps.push(await (isOfNumbers ? person.typesNumbersBehindLink() : person.beginsToRecover()));
    else steps.push(isOfNumbers ? person.typesNumbers() : await person.beginsToRegister());
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
