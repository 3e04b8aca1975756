import { Injectable } from '@nestjs/common';
import type { Room } from './fair-admission.js';
import type { Source } from './source.js';
import { Turns } from './turns.js';

/** Two, of which nobody has both, so that a long run does not keep a colleague's own data waiting. */
const ROOM: Room = {
  atOnce: 2,
  atOnceOfNetwork: 1,
  room: 60,
  ofNetwork: 30,
  ofClient: 10,
  ofActor: 10,
};
const LONGEST_WAIT_MS = 15_000;

/**
 * What is changed of one company goes on two at a time in this process, in turns between people,
 * their sessions and the addresses of a session. Such acts wait for each other on the company's
 * row, and each that waits there holds a connection, of which a single company could take all.
 */
@Injectable()
export class CompanyTurns {
  readonly #companies = new Map<string, Turns>();

  /** For a person in a session, or the reader of a mailed link (`person`) at an address. */
  async take<T>(
    corporationId: string,
    { person, session, address }: { person: string; session: string; address: string },
    work: (hasWaited: boolean) => Promise<T>,
  ): Promise<T> {
    const turns = this.#companies.get(corporationId) ?? new Turns(ROOM, LONGEST_WAIT_MS);
    this.#companies.set(corporationId, turns);
    const source: Source = { isKnown: true, network: person, client: session, actor: address };
    try {
      return await turns.take(source, work);
    } finally {
      if (turns.isEmpty) this.#companies.delete(corporationId);
    }
  }
}
