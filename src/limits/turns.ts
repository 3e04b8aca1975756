import { ServiceUnavailableException } from '@nestjs/common';
import { FairAdmission } from './fair-admission.js';
import type { Room } from './room.js';
import { resting, withRests } from '../resting.js';
import { beginLater } from '../web/requests/loop-share.js';
import type { OnceGone } from '../web/visit.js';
import type { Source } from './source.js';

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

  /**
   * @param work is told whether it waited
   * @param onceGone is given what ends the wait of somebody who has hung up
   * @throws ServiceUnavailableException when there is no room, or the wait is too long
   */
  async take<T>(
    source: Source,
    work: (hasWaited: boolean, place: Place) => Promise<T>,
    onceGone?: OnceGone,
  ): Promise<T> {
    this.#present += 1;
    try {
      return await this.#inTurn(source, work, onceGone);
    } finally {
      this.#present -= 1;
    }
  }

  /**
   * The same, but whenever the work is `resting`, its turn is another one's. Going on after that waits
   * for nobody: what it holds by then is waited for.
   */
  takeResting<T>(
    source: Source,
    work: (hasWaited: boolean) => Promise<T>,
    onceGone?: OnceGone,
  ): Promise<T> {
    const workWithRests = (hasWaited: boolean, place: Place) =>
      withRests(
        (wait) => this.#rest(place, wait),
        () => work(hasWaited),
      ).finally(() => (place.isOver = true));
    return this.take(source, workWithRests, onceGone);
  }

  /** @returns undefined where the work would have to wait */
  takeIfFree<T>(source: Source, work: () => Promise<T>): Promise<T> | undefined {
    return this.#admission.wouldBegin(source) ? this.take(source, work) : undefined;
  }

  async #inTurn<T>(
    source: Source,
    work: (hasWaited: boolean, place: Place) => Promise<T>,
    onceGone?: OnceGone,
  ): Promise<T> {
    const place = this.#enter(source);
    const hasWaited = !place.hasBegun;
    if (hasWaited) await resting(() => this.#wait(place, onceGone));
    try {
      return await work(hasWaited, place);
    } finally {
      this.#leave(place);
    }
  }

  async #rest<T>(place: Place, wait: () => Promise<T>): Promise<T> {
    this.#leave(place);
    try {
      return await wait();
    } finally {
      if (!place.isOver) this.#admission.goOn(place);
    }
  }

  /** Answers that are drawn at once would follow each other, while nobody reads what else arrived. */
  #leave(place: Place): void {
    this.#admission.leave(place);
    const { waitingInAll } = this.#admission;
    if (waitingInAll > 0) beginLater(waitingInAll, () => this.#admission.next()?.begin());
  }

  #enter(source: Source): Place {
    const place = new Place(source);
    const entered = this.#admission.enter(place);
    if (!entered.ok) throw new Full();
    entered.displaced?.refuse();
    this.#admission.next()?.begin();
    return place;
  }

  async #wait(place: Place, onceGone?: OnceGone): Promise<void> {
    onceGone?.(() => place.refuse());
    const patience = setTimeout(() => place.refuse(), this.longestWait).unref();
    try {
      await place.turn.promise;
    } catch (full) {
      this.#admission.leave(place);
      throw full;
    } finally {
      clearTimeout(patience);
    }
  }
}

class Place {
  hasBegun = false;
  /** Nothing of it goes on. */
  isOver = false;
  readonly turn = Promise.withResolvers<void>();

  constructor(readonly source: Source) {}

  begin(): void {
    this.hasBegun = true;
    this.turn.resolve();
  }

  /** Who has begun already goes on. */
  refuse(): void {
    if (!this.hasBegun) this.turn.reject(new Full());
  }
}

class Full extends ServiceUnavailableException {
  constructor() {
    super('Too many posts wait for their turn');
  }
}
