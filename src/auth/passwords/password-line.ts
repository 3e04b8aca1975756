import { fork, type ChildProcess } from 'node:child_process';
import { extname, join } from 'node:path';
import { BadRequestException, ServiceUnavailableException } from '@nestjs/common';
import { FairAdmission } from '../../limits/fair-admission.js';
import type { Where } from '../../limits/part-of-room.js';
import type { Room } from '../../limits/room.js';
import { modules } from '../../root.js';
import type { HashRequest } from './hash-process.js';
import type { JudgeRequest } from './judge-process.js';
import { countRefusal, countTurn, watchQueue } from './password-figures.js';
import type { Source } from '../../limits/source.js';
import type { SignInProof } from '../../limits/worth-of-tries.js';

export type Work = WithoutId<HashRequest> | WithoutId<JudgeRequest>;

/**
 * Messages of web processes: ask whether there is room; ask for a turn, then for one piece of work,
 * which ends it; give it back, or give up waiting for it. What a try was worth has no answer.
 */
export type PasswordMessage = { id: string; line: LineName } & (
  | { act: 'room'; source: Source }
  | { act: 'turn'; source: Source }
  | { act: 'work'; work: Work }
  | { act: 'end' }
  /** As long as it waits for its turn. */
  | { act: 'give-up' }
  | { act: 'note'; where: Where; proof?: SignInProof }
);

export type PasswordReply =
  | { id: string; turn: true }
  | { id: string; result: PasswordResult }
  | { id: string; busy: true }
  | { id: string; gone: true }
  | { id: string; fault: string };

export type PasswordResult = string | boolean | number;

/**
 * @throws ServiceUnavailableException when there was no room
 * @throws BadRequestException when whoever waited has hung up
 */
export function resultOf(reply: PasswordReply): PasswordResult {
  if ('turn' in reply) return true;
  if ('busy' in reply)
    throw new ServiceUnavailableException('Too many passwords are being checked');
  if ('gone' in reply) throw new BadRequestException('The browser has gone');
  if ('fault' in reply) throw new Error(`A password process failed: ${reply.fault}`);
  return reply.result;
}

export type LineName = 'hash' | 'judge';

type WithoutId<R> = R extends unknown ? Omit<R, 'id'> : never;

interface Place {
  id: string;
  source: Source;
  /** The web process that asked. */
  asker: object;
  reply: (reply: PasswordReply) => void;
  patience: NodeJS.Timeout;
  enteredAt: number;
  hasTurn: boolean;
}

interface LineOptions {
  room: Room;
  longestWaitMs: number;
  /** A process that is not needed for so long ends, and its memory with it. */
  idleMs?: number;
}

/** One child process that works on passwords, and the line of those who wait for it. */
export class PasswordLine {
  readonly #admission: FairAdmission<Place>;
  readonly #places = new Map<string, Place>();
  /** Those whose work the child does. */
  readonly #asked = new Set<string>();
  #child: ChildProcess | undefined;
  #idle: NodeJS.Timeout | undefined;

  constructor(
    private readonly name: LineName,
    private readonly options: LineOptions,
  ) {
    this.#admission = new FairAdmission(options.room);
    watchQueue(name, (isKnown) => this.#admission.waiting(isKnown));
  }

  /** @param asker the web process, so that its turns end with it */
  take(message: PasswordMessage, reply: Place['reply'], asker: object): void {
    const { id } = message;
    if (message.act === 'room') this.#tellRoom(id, message.source, reply);
    else if (message.act === 'turn') this.#enter({ id, source: message.source, asker, reply });
    else if (message.act === 'end') this.#leave(id);
    else if (message.act === 'give-up') this.#giveUp(id);
    else if (message.act === 'note') this.#admission.note(message.where, message.proof);
    else if (this.#places.has(id)) this.#work(id, message.work);
    else reply({ id, busy: true });
  }

  forget(asker: object): void {
    for (const place of this.#places.values()) if (place.asker === asker) this.#leave(place.id);
  }

  #tellRoom(id: string, source: Source, reply: Place['reply']): void {
    const result = this.#admission.hasRoom(source);
    if (!result) countRefusal(this.name, source.isKnown);
    reply({ id, result });
  }

  #enter(asked: Omit<Place, 'patience' | 'enteredAt' | 'hasTurn'>): void {
    const patience = setTimeout(() => this.#refuse(asked.id), this.options.longestWaitMs).unref();
    const place = { ...asked, patience, enteredAt: performance.now(), hasTurn: false };
    const entered = this.#admission.enter(place);
    if (!entered.ok) {
      clearTimeout(patience);
      countRefusal(this.name, asked.source.isKnown);
      return asked.reply({ id: asked.id, busy: true });
    }
    this.#places.set(place.id, place);
    if (entered.displaced) this.#refuse(entered.displaced.id);
    this.#callNext();
  }

  #callNext(): void {
    for (let place = this.#admission.next(); place; place = this.#admission.next()) {
      clearTimeout(place.patience);
      countTurn(this.name, place.source.isKnown, place.enteredAt);
      place.hasTurn = true;
      place.reply({ id: place.id, turn: true });
    }
  }

  #work(id: string, work: Work): void {
    clearTimeout(this.#idle);
    this.#asked.add(id);
    (this.#child ??= this.#start()).send({ ...work, id });
  }

  #giveUp(id: string): void {
    if (this.#places.get(id)?.hasTurn === false) this.#settle({ id, gone: true });
  }

  #refuse(id: string): void {
    const place = this.#places.get(id);
    if (place) countRefusal(this.name, place.source.isKnown);
    this.#settle({ id, busy: true });
  }

  #settle(reply: PasswordReply): void {
    const place = this.#places.get(reply.id);
    this.#leave(reply.id);
    place?.reply(reply);
  }

  #leave(id: string): void {
    const place = this.#places.get(id);
    if (!place) return;
    clearTimeout(place.patience);
    this.#places.delete(id);
    this.#asked.delete(id);
    this.#admission.leave(place);
    this.#callNext();
    const { idleMs } = this.options;
    if (idleMs !== undefined && this.#places.size === 0)
      this.#idle = setTimeout(() => this.#stop(), idleMs).unref();
  }

  #stop(): void {
    if (this.#child?.connected) this.#child.disconnect();
    this.#child = undefined;
  }

  #start(): ChildProcess {
    const file = `${this.name}-process${extname(import.meta.filename)}`;
    const child = fork(join(modules, 'auth/passwords', file), {
      execArgv: [],
      serialization: 'advanced',
    });
    child.unref();
    child.channel?.unref();
    child.on('message', (reply: PasswordReply) => this.#settle(reply));
    // A message to a process that just died fails here; its end is told below.
    child.on('error', () => undefined);
    child.on('exit', () => {
      if (this.#child !== child) return;
      this.#child = undefined;
      for (const id of this.#asked) this.#refuse(id);
    });
    return child;
  }
}
