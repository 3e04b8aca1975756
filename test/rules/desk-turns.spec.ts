import { knownDeskSource, strangeDeskSource } from '../../src/desk/sign-in/desk-source.js';
import { FairAdmission } from '../../src/limits/fair-admission.js';
import { knownSource, strangeSource, type Source } from '../../src/limits/source.js';

/** Of one office, where the desk's people and a flood of customers come from. */
const OFFICE = { site: '203.0.113.0/24', client: '203.0.113.7' } as const;
/** The line for password hashes (password-lines.ts), with one turn at a time. */
const ROOM = { atOnce: 1, room: 512, ofActor: 24 };

interface Place {
  name: string;
  source: Source;
}

/** Enters as many as there is room for. @returns the line, behind those who work */
function flooded(sourceOf: (actor: string) => Source): FairAdmission<Place> {
  const line = new FairAdmission<Place>(ROOM);
  for (let times = 0; times < 600; times += 1)
    line.enter({ name: 'flood', source: sourceOf(`actor ${times}`) });
  return line;
}

/** @returns after how many turns of others somebody who enters now has one; undefined: no room */
function turnsBefore(line: FairAdmission<Place>, source: Source): number | undefined {
  if (!line.enter({ name: 'one', source }).ok) return undefined;
  for (let turns = 0; ; turns += 1) {
    const place = line.next()!;
    if (place.name === 'one') return turns;
    line.leave(place);
  }
}

const visit = OFFICE as Parameters<typeof knownDeskSource>[1];

it.each<[string, (actor: string) => Source, Source]>([
  [
    'strangers at the customers\u2019 door, and a new browser at the desk',
    (actor) => strangeSource(actor, visit),
    strangeDeskSource('login ID tamura', visit),
  ],
  [
    'known browsers of customers, and a known browser at the desk',
    (actor) => knownSource(actor, visit),
    knownDeskSource('browser 1', visit),
  ],
  [
    'strangers at the desk, and a customer\u2019s new browser',
    (actor) => strangeDeskSource(actor, visit),
    strangeSource('login ID sato', visit),
  ],
  [
    'known browsers at the desk, and a known browser of a customer',
    (actor) => knownDeskSource(actor, visit),
    knownSource('device 1', visit),
  ],
])('a flood of %s: from one network, both have turns', (_, flood, one) => {
  expect(turnsBefore(flooded(flood), one)).toBeLessThanOrEqual(2);
});

it('would have none as one more of the flood', () => {
  const line = flooded((actor) => strangeSource(actor, visit));
  expect(turnsBefore(line, strangeSource('login ID tamura', visit))).toBeUndefined();
});
