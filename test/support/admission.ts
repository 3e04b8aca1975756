import { FairAdmission } from '../../src/limits/fair-admission.js';
import type { Room } from '../../src/limits/room.js';
import type { Source } from '../../src/limits/source.js';

const ROOM: Room = { atOnce: 1, room: 8, ofNetwork: 6, ofClient: 4, ofActor: 2 };

/** Whoever asks, in a word: `known` or `strange`, then network/client/actor. */
export type Asker = `${'known' | 'strange'} ${string}/${string}/${string}`;

export interface Place {
  name: Asker;
  source: Source;
}

export function placeOf(name: Asker): Place {
  const [kind, path] = name.split(' ') as [string, string];
  const [network = '', client = '', actor = ''] = path.split('/');
  return { name, source: { isKnown: kind === 'known', network, client, actor } };
}

/** Lets them come in this order. @returns the admission and who found room */
export function arrive(names: Asker[], limits: Partial<Room> = {}) {
  return arriveIn({ ...ROOM, ...limits }, names);
}

/** The same for a room of eight that has no parts. */
export function arriveInWhole(names: Asker[]) {
  return arriveIn({ atOnce: 1, room: 8 }, names);
}

function arriveIn(room: Room, names: Asker[]) {
  const admission = new FairAdmission<Place>(room);
  const entered = names.map((name) => admission.enter(placeOf(name)).ok);
  return { admission, entered };
}

/** Wrong tries of strangers at an address of it. */
export function failed(
  admission: FairAdmission<Place>,
  network: string,
  tries: number,
  client = '1',
): void {
  for (let time = 0; time < tries; time += 1) admission.note({ network, client });
}

/** A right password of somebody at its address 1. */
export function proven(
  admission: FairAdmission<Place>,
  network: string,
  account: string,
  company = account,
): void {
  admission.note({ network, client: '1' }, { account, company });
}

/** Everybody's turn after the other. */
export function turnsOf(admission: FairAdmission<Place>): Asker[] {
  const turns: Asker[] = [];
  for (let place = admission.next(); place; place = admission.next()) {
    turns.push(place.name);
    admission.leave(place);
  }
  return turns;
}

export const times = (count: number, name: Asker) => Array<Asker>(count).fill(name);
