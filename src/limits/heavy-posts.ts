import { setTimeout as wait } from 'node:timers/promises';
import { Injectable, type ExecutionContext } from '@nestjs/common';
import type { Response } from 'express';
import type { AroundHandler } from '../web/around-handlers.js';
import type { BodyTurn } from '../web/requests/form-body.js';
import type { Visit, VisitedRequest } from '../web/visit.js';
import type { Room } from './fair-admission.js';
import type { Source } from './source.js';
import { Turns } from './turns.js';

/** What is read of bodies waits in memory, so a person has three of them in hand, and nobody more. */
const IN_HAND = { atOnce: 64, room: 64, ofNetwork: 12, ofClient: 3, ofActor: 3 };
const READING: Room = { ...IN_HAND, atOnceOfNetwork: 12 };
const WORKING: Room = { ...IN_HAND, atOnceOfNetwork: 1 };
const OF_ALL: Room = { ...WORKING, atOnce: 1 };
const LONGEST_WAIT_MS = 15_000;
/** After a second of the processor all rest for one, so that half of it is left to everything else. */
const REST = { ofAll: 1, ofCompany: 2 };
/** After the dearest post: on a busy machine, what others use meanwhile counts too. */
const LONGEST_REST_MS = { ofAll: 1_000, ofCompany: 2_000 };
/** Whoever reads slowly keeps nobody else waiting. */
const LONGEST_ANSWER_MS = 1_000;
/** Whoever is refused comes again at once, and drawing the refusal costs more than to let them wait. */
const HELD_MS = 1_000;

/**
 * Posts that may come with a file cost more than others, also those that are refused. A company has
 * one of them at work, in turns between its people and their sessions, and all companies together one
 * in turns between them; both rest after it in proportion to what the process worked meanwhile. A body is read beside others, so that a slow line
 * keeps nobody waiting, and whoever hangs up until then is forgotten.
 */
@Injectable()
export class HeavyPosts implements AroundHandler {
  readonly #reading = new Turns(READING, LONGEST_WAIT_MS);
  readonly #working = new Turns(WORKING, LONGEST_WAIT_MS);
  readonly #ofAll = new Turns(OF_ALL, LONGEST_WAIT_MS);
  readonly #handled = new WeakMap<Visit, Promise<unknown>>();

  /** @param source whose company, person and session are its network, client and actor */
  turnOf(source: Source, visit: Visit, response: Response): BodyTurn {
    const onceGone = (leave: () => void) => response.once('close', leave);
    return async (read, work) => {
      const inTurn = async () => {
        const body = await read();
        if (visit.isGone()) return;
        const inItsTurn = () => this.#workAndRest(visit, response, () => work(body));
        await this.#working.take(
          source,
          async () => {
            const used = await this.#ofAll.take(source, inItsTurn, onceGone);
            await rest(used * REST.ofCompany, LONGEST_REST_MS.ofCompany);
          },
          onceGone,
        );
      };
      try {
        await this.#reading.take(source, inTurn, onceGone);
      } catch (refused) {
        await wait(HELD_MS, undefined, { ref: false });
        if (!visit.isGone()) throw refused;
      }
    };
  }

  /** Goes on when nobody reads the answer any more, so it is waited for beside the answer. */
  around(context: ExecutionContext, handle: () => Promise<unknown>): Promise<unknown> {
    const { visit } = context.switchToHttp().getRequest<VisitedRequest>();
    const handled = handle();
    this.#handled.set(visit, handled);
    return handled;
  }

  /** @returns the milliseconds of the processor that the process used meanwhile */
  async #workAndRest(visit: Visit, response: Response, work: () => Promise<void>): Promise<number> {
    if (visit.isGone()) return 0;
    const answered = new Promise((resolve) => response.once('close', resolve));
    const before = process.cpuUsage();
    await work();
    await Promise.race([answered, wait(LONGEST_ANSWER_MS, undefined, { ref: false })]);
    await this.#handled.get(visit)?.catch(() => undefined);
    const { user, system } = process.cpuUsage(before);
    const used = (user + system) / 1000;
    await rest(used * REST.ofAll, LONGEST_REST_MS.ofAll);
    return used;
  }
}

function rest(milliseconds: number, longest: number): Promise<void> {
  return wait(Math.min(longest, milliseconds), undefined, { ref: false });
}
