import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { Injectable, StreamableFile, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Response } from 'express';
import { pause } from '../resting.js';
import type { AroundHandler } from '../web/around-handlers.js';
import { Download, givesFile } from '../web/downloads.js';
import type { BodyTurn } from '../web/requests/form-body.js';
import { TooManyInHand } from '../web/too-many-in-hand.js';
import type { OnceGone, Visit, VisitedRequest } from '../web/visit.js';
import type { Room } from './room.js';
import { sourceOfPerson, type Source } from './source.js';
import { Turns } from './turns.js';

/** Files that a person sends and receives at once. */
const IN_HAND = 3;
/** What is read of bodies waits in memory. */
const READING: Room = {
  atOnce: 64,
  atOnceOfNetwork: 12,
  room: 64,
  ofNetwork: 12,
  ofClient: IN_HAND,
  ofActor: IN_HAND,
};
/** For whatever is in hand. */
const ROOM = { room: 4_000, ofNetwork: 4_000, ofClient: 4_000, ofActor: 4_000 };
const WORKING: Room = { ...ROOM, atOnce: 4_000, atOnceOfNetwork: 1 };
const OF_ALL: Room = { ...ROOM, atOnce: 1 };
/** As long as proxies wait for an answer, or for its next piece. */
const LONGEST_WAIT_MS = 60_000;
/** After a second of the processor all rest for one, so that half of it is left to everything else. */
const REST = { ofAll: 1, ofCompany: 2 };
/** After the dearest post: on a busy machine, what others use meanwhile counts too. */
const LONGEST_REST_MS = { ofAll: 1_000, ofCompany: 2_000 };
/** Whoever reads slowly keeps nobody else waiting. */
const LONGEST_ANSWER_MS = 1_000;
/** Whoever is refused comes again at once, and drawing the refusal costs more than to let them wait. */
const HELD_MS = 1_000;

/**
 * Posts that may come with a file, also those that are refused, and files that are downloaded cost
 * more than anything else. A company has one piece of such work going on, in turns between its people,
 * and all companies together one in turns between them; both rest after it in proportion to what the
 * process worked meanwhile. A post is one piece, and a file one for each part of it that its reader
 * takes. Reading and being read wait for nobody, so that a slow line keeps nobody waiting, and whoever
 * hangs up is forgotten.
 */
@Injectable()
export class HeavyWork implements AroundHandler {
  readonly #reading = new Turns(READING, LONGEST_WAIT_MS);
  readonly #working = new Turns(WORKING, LONGEST_WAIT_MS);
  readonly #ofAll = new Turns(OF_ALL, LONGEST_WAIT_MS);
  readonly #inHand = new Map<string, number>();
  readonly #handled = new WeakMap<Visit, Promise<unknown>>();

  constructor(private readonly reflector: Reflector) {}

  /** @param source whose company, person and session are its network, client and actor */
  turnOf(source: Source, visit: Visit, response: Response): BodyTurn {
    const onceGone = untilClosed(response);
    return async (read, work) => {
      const inTurn = async () => {
        const body = await read();
        if (visit.isGone()) return;
        await this.#inTurn(source, onceGone, () =>
          this.#workAndAnswer(visit, response, () => work(body)),
        );
      };
      const letGo = await this.#takeInHand(source);
      try {
        await this.#reading.take(source, inTurn, onceGone);
      } catch (refused) {
        await pause(HELD_MS);
        if (!visit.isGone()) throw refused;
      } finally {
        letGo();
      }
    };
  }

  /** A post goes on when nobody reads the answer any more, so it is waited for beside the answer. */
  around(context: ExecutionContext, handle: () => Promise<unknown>): Promise<unknown> {
    const http = context.switchToHttp();
    const { visit } = http.getRequest<VisitedRequest>();
    if (givesFile(this.reflector, context))
      return this.#giveFile(sourceOfPerson(visit)!, http.getResponse<Response>(), handle);
    const handled = handle();
    this.#handled.set(visit, handled);
    return handled;
  }

  async #giveFile(source: Source, response: Response, handle: () => Promise<unknown>) {
    const letGo = await this.#takeInHand(source);
    if (response.closed) letGo();
    else response.once('close', letGo);
    const answer = await handle();
    if (!(answer instanceof Download)) return answer;
    const { pieces, type, name } = answer;
    const stream = Readable.from(this.#inTurns(source, untilClosed(response), pieces));
    return new StreamableFile(stream, { type, disposition: `attachment; filename="${name}"` });
  }

  async *#inTurns(source: Source, onceGone: OnceGone, pieces: AsyncGenerator<Buffer>) {
    try {
      for (;;) {
        const piece = await this.#inTurn(source, onceGone, () => pieces.next());
        if (piece.done) return;
        yield piece.value;
      }
    } finally {
      await pieces.return(undefined);
    }
  }

  #inTurn<T>(source: Source, onceGone: OnceGone, work: () => Promise<T>): Promise<T> {
    const thenRest = async () => {
      let used = 0;
      const working = async () => {
        const before = process.cpuUsage();
        try {
          return await work();
        } finally {
          const { user, system } = process.cpuUsage(before);
          used = (user + system) / 1000;
          await rest(used * REST.ofAll, LONGEST_REST_MS.ofAll);
        }
      };
      try {
        return await this.#ofAll.take(source, working, onceGone);
      } finally {
        await rest(used * REST.ofCompany, LONGEST_REST_MS.ofCompany);
      }
    };
    return this.#working.take(source, thenRest, onceGone);
  }

  async #workAndAnswer(visit: Visit, response: Response, work: () => Promise<void>): Promise<void> {
    if (visit.isGone()) return;
    const answered = new Promise((resolve) => response.once('close', resolve));
    await work();
    await Promise.race([answered, wait(LONGEST_ANSWER_MS, undefined, { ref: false })]);
    await this.#handled.get(visit)?.catch(() => undefined);
  }

  /** @returns what ends it */
  async #takeInHand({ network, client }: Source): Promise<() => void> {
    const person = `${network} ${client}`;
    const others = this.#inHand.get(person) ?? 0;
    if (others >= IN_HAND) {
      await pause(HELD_MS);
      throw new TooManyInHand();
    }
    this.#inHand.set(person, others + 1);
    return () => {
      const left = this.#inHand.get(person)! - 1;
      if (left > 0) this.#inHand.set(person, left);
      else this.#inHand.delete(person);
    };
  }
}

function rest(milliseconds: number, longest: number): Promise<void> {
  return wait(Math.min(longest, milliseconds), undefined, { ref: false });
}

/** One listener, however often somebody waits. */
function untilClosed(response: Response): OnceGone {
  let leaveNow: (() => void) | undefined;
  response.once('close', () => leaveNow?.());
  return (leave) => (leaveNow = leave);
}
