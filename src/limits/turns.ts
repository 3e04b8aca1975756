import { ServiceUnavailableException } from '@nestjs/common';
import { FairAdmission, type Room } from './fair-admission.js';
import type { Source } from './source.js';

interface Place {
  source: Source;
  begin: () => void;
  refuse: () => void;
}

/** Work that waits for its turn in the memory of this process, where it holds no connection. */
export class Turns {
  readonly #admission: FairAdmission<Place>;
  #present = 0;

  /** @param longestWait milliseconds */
  constructor(
    room: Room,
    private readonly longestWait: number,
  ) {
    this.#admission = new FairAdmission(room);
  }

  /** Nothing works or waits. */
  get isEmpty(): boolean {
    return this.#present === 0;
  }

  /** @throws ServiceUnavailableException when there is no room, or the wait is too long */
  async take<T>(source: Source, work: () => Promise<T>): Promise<T> {
    this.#present += 1;
    try {
      return await this.#inTurn(source, work);
    } finally {
      this.#present -= 1;
    }
  }

  async #inTurn<T>(source: Source, work: () => Promise<T>): Promise<T> {
    const place = await this.#admit(source);
    try {
      return await work();
    } finally {
      this.#admission.leave(place);
      this.#admission.next()?.begin();
    }
  }

  async #admit(source: Source): Promise<Place> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const place: Place = { source, begin: resolve, refuse: () => reject(new Full()) };
    const entered = this.#admission.enter(place);
    if (!entered.ok) throw new Full();
    entered.displaced?.refuse();
    this.#admission.next()?.begin();
    const patience = setTimeout(place.refuse, this.longestWait).unref();
    try {
      await promise;
    } catch (full) {
      this.#admission.leave(place);
      throw full;
    } finally {
      clearTimeout(patience);
    }
    return place;
  }
}

class Full extends ServiceUnavailableException {
  constructor() {
    super('Too many posts wait for their turn');
  }
}
