import {
  Injectable,
  ServiceUnavailableException,
  SetMetadata,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { from, lastValueFrom, type Observable } from 'rxjs';
import type { VisitedRequest } from '../web/visit.js';
import { FairAdmission, type Room } from './fair-admission.js';
import { strangeSource, type Source } from './source.js';

/** One, so that a core is left for everybody else. */
const ROOM: Room = { atOnce: 1, room: 128, ofNetwork: 96, ofClient: 64, ofActor: 64 };
const LONGEST_WAIT_MS = 4_000;

const TAKES_TURNS = 'takes-turns';

interface Place {
  source: Source;
  begin: () => void;
  refuse: () => void;
}

/** Marks a handler that costs the database much and that anybody may call. */
export const TakesTurns = () => SetMetadata(TAKES_TURNS, true);

/**
 * Such handlers work one after the other, in turns between networks, so that whoever floods them
 * waits for himself and not everybody for him. In the memory of each process.
 */
@Injectable()
export class TurnsInterceptor implements NestInterceptor {
  readonly #admission = new FairAdmission<Place>(ROOM);

  constructor(private readonly reflector: Reflector) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (!this.reflector.get<boolean>(TAKES_TURNS, context.getHandler())) return next.handle();
    const { visit } = context.switchToHttp().getRequest<VisitedRequest>();
    return from(this.#inTurn(strangeSource('', visit), () => lastValueFrom(next.handle())));
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

  /** @throws ServiceUnavailableException when there is no room, or the wait is too long */
  async #admit(source: Source): Promise<Place> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const place: Place = { source, begin: resolve, refuse: () => reject(new Full()) };
    const entered = this.#admission.enter(place);
    if (!entered.ok) throw new Full();
    entered.displaced?.refuse();
    this.#admission.next()?.begin();
    const patience = setTimeout(place.refuse, LONGEST_WAIT_MS).unref();
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
