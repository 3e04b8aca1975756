import { startApp, type RunningApp } from '../../support/app.js';
import { approvesOfCase, honestActs, objectsToCase, thiefActs } from '../../support/case-acts.js';
import { CaseStory } from '../../support/case-story.js';
import { possessionsOf } from '../../support/thief.js';

const SEED = 20_261_127;
const HOUR = 3_600_000;
const ACTS = 8;

/** Numbers from 0 to 1, the same for each seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Lists, invitations of the newcomer and changes of mailboxes: nobody honest touches them here. */
async function taken({ running, company, thiefId }: CaseStory): Promise<object> {
  const { versions, entries, emailChanges, invitations } = await possessionsOf(
    running,
    company.corporation,
    [company.suzuki.loginId],
  );
  const ofThief = invitations!.filter(
    (row) => (row as { invited_by: string }).invited_by === thiefId,
  );
  return { versions, entries, emailChanges, ofThief };
}

async function act(story: CaseStory, random: () => number): Promise<void> {
  const removals = [thiefActs.delete!, thiefActs.suspend!];
  const ofThief = [...removals, ...removals, ...Object.values(thiefActs)];
  await story.draw(random() < 0.6 ? ofThief : Object.values(honestActs))(story);
  if ((await story.usableAdministrators()) === 0) throw new Error('Nobody could sign in any more');
}

/** The company is what it would be if the newcomer had never come. */
async function everythingIsBack(story: CaseStory, before: object): Promise<void> {
  const names = new Map(story.honest.map(({ id, name }) => [id, name]));
  const called = (standings: Map<string, unknown>) =>
    Object.fromEntries([...standings].map(([id, standing]) => [names.get(id), standing]));
  expect(called(await story.standings())).toEqual(called(story.due));
  // Nobody honest removes a witness while the case is open: an account may be in wrong hands.
  for (const { id, name } of story.administrators)
    expect([name, story.due.get(id)]).toMatchObject([
      name,
      { role: 'administrator', state: 'active' },
    ]);
  expect(await taken(story)).toEqual(before);
  for (const [name, isSignedIn] of await story.signedInStill())
    expect([name, isSignedIn]).toEqual([name, true]);
}

async function plays(running: RunningApp, seed: number, isApproving: boolean): Promise<void> {
  const random = randomFrom(seed);
  const story = await CaseStory.begin(running, random);
  try {
    const before = await taken(story);
    const turn = 1 + Math.floor(random() * ACTS);
    for (let place = 1; place <= ACTS; place += 1) {
      await act(story, random);
      if (place !== turn) continue;
      if (isApproving) await approvesOfCase(story);
      if (story.isApproved) continue;
      await objectsToCase(story);
      await everythingIsBack(story, before);
    }
    if (!story.isApproved) await everythingIsBack(story, before);
  } catch (error) {
    const acts = story.told.join('\n');
    throw new Error(`With seed ${seed}:\n${acts}\n${String(error)}`, { cause: error });
  }
}

describe.each([
  { hours: 0, sequences: 8 },
  { hours: 24, sequences: 4 },
])('whatever a newcomer does who waits $hours hours', ({ hours, sequences }) => {
  let running: RunningApp;
  beforeAll(async () => {
    running = await startApp({ enrollmentHold: hours * HOUR });
  });
  beforeEach(() => running.clock.stopsAt(new Date('2026-12-01T09:00:00+09:00')));
  afterAll(() => running.stop());

  const seeds = Array.from({ length: sequences }, (_, place) => SEED + hours * 100 + place);

  it.each(seeds)('an objection gives everything back (seed %i)', (seed) =>
    plays(running, seed, false),
  );

  it.each(seeds.slice(0, 1))('somebody can sign in after an approval (seed %i)', (seed) =>
    plays(running, seed, true),
  );
});
