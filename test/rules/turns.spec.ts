import { setImmediate as soon } from 'node:timers/promises';
import { strangeSource } from '../../src/limits/source.js';
import { Turns } from '../../src/limits/turns.js';
import { resting } from '../../src/resting.js';

const ROOM = { atOnce: 1, room: 9, ofNetwork: 9, ofClient: 9, ofActor: 9 };
const SOMEBODY = strangeSource('', { site: '203.0.113.0/24', client: '203.0.113.7' });

/** Work that notes its steps, and the rest that it takes between two of them. */
function stage() {
  const turns = new Turns(ROOM, 60_000);
  const steps: string[] = [];
  const worksAndRests = (name: string, rest: Promise<unknown>) =>
    turns.takeResting(SOMEBODY, async () => {
      steps.push(`${name} begins`);
      await resting(() => rest);
      steps.push(`${name} goes on`);
    });
  return { turns, steps, worksAndRests };
}

it('gives the turn to another one while its work rests', async () => {
  const { turns, steps, worksAndRests } = stage();
  const rest = Promise.withResolvers<void>();
  const first = worksAndRests('first', rest.promise);
  await turns.takeResting(SOMEBODY, async () => {
    steps.push('second');
  });
  rest.resolve();
  await first;
  expect(steps).toEqual(['first begins', 'second', 'first goes on']);
});

it('counts work that goes on after its rest, so that nobody else begins', async () => {
  const { turns, steps, worksAndRests } = stage();
  const end = Promise.withResolvers<void>();
  const first = turns.takeResting(SOMEBODY, async () => {
    await resting(soon);
    await end.promise;
    steps.push('first ends');
  });
  await soon();
  await soon();
  const second = worksAndRests('second', Promise.resolve());
  await soon();
  end.resolve();
  await Promise.all([first, second]);
  expect(steps).toEqual(['first ends', 'second begins', 'second goes on']);
});

it('forgets a rest that lasts longer than its work', async () => {
  const { turns } = stage();
  const late = Promise.withResolvers<void>();
  await turns.takeResting(SOMEBODY, async () => {
    void resting(() => late.promise);
  });
  late.resolve();
  await soon();
  await expect(turns.takeResting(SOMEBODY, async () => 'begun')).resolves.toBe('begun');
});
