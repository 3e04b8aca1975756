import { Injectable } from '@nestjs/common';
import type { Room } from './room.js';
import type { Source } from './source.js';
import { Turns } from './turns.js';

/** Two, of which nobody has both, so that a long run does not keep a colleague's own data waiting. */
const OF_COMPANY: Room = {
  atOnce: 2,
  atOnceOfNetwork: 1,
  room: 60,
  ofNetwork: 30,
  ofClient: 10,
  ofActor: 10,
};
/** Such acts take milliseconds: more may wait than a thief has sessions and addresses. */
const OF_PERSON: Room = {
  atOnce: 2,
  atOnceOfNetwork: 1,
  room: 400,
  ofNetwork: 200,
  ofClient: 10,
  ofActor: 10,
};
const LONGEST_WAIT_MS = 15_000;

interface Lane {
  person: string;
  session: string;
  address: string;
}

type Work<T> = (hasWaited: boolean) => Promise<T>;

/**
 * What is changed of one company goes on two at a time in this process, in turns between people,
 * their sessions and the addresses of a session. Such acts wait for each other on the company's
 * row, and each that waits there holds a connection, of which a single company could take all.
 */
@Injectable()
export class CompanyTurns {
  readonly #companies = new Map<string, Turns>();
  readonly #people = new Map<string, Turns>();

  /** For a person in a session, or the reader of a mailed link (`person`) at an address. */
  take<T>(corporationId: string, lane: Lane, work: Work<T>): Promise<T> {
    const { person, session, address } = lane;
    const source: Source = { isKnown: true, network: person, client: session, actor: address };
    return taken(this.#companies, corporationId, OF_COMPANY, source, work);
  }

  /**
   * For what changes rows of one person alone, in turns between their sessions and the addresses of
   * one: it waits for nothing that anybody does in the company.
   */
  takeOwn<T>({ person, session, address }: Lane, work: Work<T>): Promise<T> {
    const source: Source = { isKnown: true, network: session, client: address, actor: '' };
    return taken(this.#people, person, OF_PERSON, source, work);
  }
}

async function taken<T>(
  all: Map<string, Turns>,
  key: string,
  room: Room,
  source: Source,
  work: Work<T>,
): Promise<T> {
  const turns = all.get(key) ?? new Turns(room, LONGEST_WAIT_MS);
  all.set(key, turns);
  try {
    return await turns.take(source, work);
  } finally {
    if (turns.isEmpty) all.delete(key);
  }
}
