import { Injectable, SetMetadata, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { AroundHandler } from '../web/around-handlers.js';
import type { VisitedRequest } from '../web/visit.js';
import type { Room } from './room.js';
import { strangeSource } from './source.js';
import { Turns } from './turns.js';

/** One, so that a core is left for everybody else; room for more networks than somebody has at hand. */
const ROOM: Room = { atOnce: 1, room: 512 };
const LONGEST_WAIT_MS = 10_000;

const TAKES_TURNS = 'takes-turns';

type TurnsOf = 'strangers' | 'company-of-link' | 'person';

/**
 * Marks a handler that anybody may call and that costs the database much, or that finds out itself
 * for which company it waits, or by which a person ends a theft: that changes only own rows, and no
 * queue of the company keeps it waiting.
 */
export const TakesTurns = (of: TurnsOf = 'strangers') => SetMetadata(TAKES_TURNS, of);

/** Undefined for most handlers. */
export function takesTurns(reflector: Reflector, context: ExecutionContext): TurnsOf | undefined {
  return reflector.get<TurnsOf | undefined>(TAKES_TURNS, context.getHandler());
}

/**
 * Such handlers work one after the other, in turns between networks, so that whoever floods them
 * waits for himself and not everybody for him. In the memory of each process.
 */
@Injectable()
export class StrangersTurns implements AroundHandler {
  readonly #turns = new Turns(ROOM, LONGEST_WAIT_MS);

  constructor(private readonly reflector: Reflector) {}

  around(context: ExecutionContext, handle: () => Promise<unknown>): Promise<unknown> {
    if (takesTurns(this.reflector, context) !== 'strangers') return handle();
    const { visit } = context.switchToHttp().getRequest<VisitedRequest>();
    return this.#turns.take(strangeSource('', visit), handle);
  }
}
