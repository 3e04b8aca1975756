import cluster from 'node:cluster';
import { randomUUID } from 'node:crypto';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Config } from '../../config.js';
import { ComparisonTimes } from './comparison-times.js';
import {
  resultOf,
  type LineName,
  type PasswordMessage,
  type PasswordReply,
  type PasswordResult,
  type Work,
} from './password-line.js';
import { passwordLines } from './password-lines.js';
import { pause, resting } from '../../resting.js';
import type { Where } from '../../limits/part-of-room.js';
import type { Source } from '../../limits/source.js';
import type { OnceGone } from '../../web/visit.js';
import type { SignInProof } from '../../limits/worth-of-tries.js';

/** Salt and digest of a hash that no password fits: unknown login IDs are compared with it. */
const NOBODY_SALT = 'bm9ib2R5cy1zYWx0LTAwMQ';
const NOBODY_DIGEST = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';

/** Whoever finds no room is told so late, so that trying at once is no use. */
const REFUSAL_HELD_MS = 1_000;

/** Work that no request causes. */
const OURSELVES: Source = { isKnown: true, network: '', client: '', actor: '' };

type InLine<T> = (work: (work: Work) => Promise<PasswordResult>, end: () => void) => Promise<T>;

/** The hash process is free for one piece of work. */
export interface HashTurn {
  /** Compares with a stored hash, or, without one, with nobody's at the same cost. */
  verify(phc: string | undefined, password: string): Promise<boolean>;
  /** Ends the turn without work, after as long as a comparison takes at present. */
  pretend(): Promise<void>;
}

/**
 * Argon2id behind one fair line for the machine, in a process of low priority, so that pages stay
 * quick while many people sign in; new passwords are judged in another one.
 */
@Injectable()
export class Passwords implements OnApplicationShutdown {
  readonly #waiting = new Map<string, (reply: PasswordReply) => void>();
  /** Absent in one process of several: those ask through the first one. */
  readonly #lines = cluster.isWorker ? undefined : passwordLines();
  readonly #times = new ComparisonTimes();

  constructor(private readonly config: Config) {
    if (cluster.isWorker) process.on('message', (reply: PasswordReply) => this.#settle(reply));
  }

  /**
   * Waits for a turn, which ends with its first work or with `act`. The caller looks nothing up
   * before it has one.
   * @throws ServiceUnavailableException when there is no room
   * @throws BadRequestException when somebody hung up while waiting
   */
  async inTurn<T>(
    source: Source,
    act: (turn: HashTurn) => Promise<T>,
    onceGone?: OnceGone,
  ): Promise<T> {
    const actInTurn: InLine<T> = (work, end) =>
      act({
        verify: async (phc, password) => {
          const started = performance.now();
          const right = await work({ act: 'verify', password, phc: phc ?? this.unmatchable });
          this.#times.note(performance.now() - started);
          return right === true && phc !== undefined;
        },
        pretend: async () => {
          end();
          await pause(this.#times.any());
        },
      });
    return this.#inLine('hash', source, actInTurn, onceGone);
  }

  /** Before anything else is done, because a refusal must cost next to nothing. */
  async hasRoom(source: Source): Promise<boolean> {
    const asked = await this.#ask({ id: randomUUID(), line: 'hash', act: 'room', source });
    if (resultOf(asked) === true) return true;
    await pause(REFUSAL_HELD_MS);
    return false;
  }

  /** A try with a wrong password, or one that let somebody in: the line's order heeds it. */
  note({ network, client }: Where, proof?: SignInProof): void {
    const [id, where] = [randomUUID(), { network, client }];
    this.#send({ id, line: 'hash', act: 'note', where, ...(proof && { proof }) });
  }

  verify(phc: string, password: string, source: Source): Promise<boolean> {
    return this.inTurn(source, (turn) => turn.verify(phc, password));
  }

  /** A PHC string with the configured parameters. */
  hash(password: string, source: Source = OURSELVES): Promise<string> {
    const { argon2MemoryKiB: memoryKiB, argon2Passes: passes } = this.config;
    const hashing = { act: 'hash', password, memoryKiB, passes } as const;
    return this.#inLine('hash', source, (work) => work(hashing) as Promise<string>);
  }

  /** The guesses that it takes to find the password, as a power of ten. */
  guesses(password: string, known: string[], source: Source): Promise<number> {
    return this.#inLine(
      'judge',
      source,
      (work) => work({ act: 'guesses', password, known }) as Promise<number>,
    );
  }

  /** True for a hash that was made with other parameters than today's. */
  isOutdated(phc: string): boolean {
    return !phc.startsWith(`$argon2id$v=19$${this.#parameters}$`);
  }

  /** A hash with today's parameters that no password fits. */
  get unmatchable(): string {
    return `$argon2id$v=19$${this.#parameters}$${NOBODY_SALT}$${NOBODY_DIGEST}`;
  }

  onApplicationShutdown(): void {
    for (const line of Object.values(this.#lines ?? {})) line.forget(this);
  }

  get #parameters(): string {
    return `m=${this.config.argon2MemoryKiB},t=${this.config.argon2Passes},p=1`;
  }

  async #inLine<T>(
    line: LineName,
    source: Source,
    act: InLine<T>,
    onceGone?: OnceGone,
  ): Promise<T> {
    const [id, began] = [randomUUID(), performance.now()];
    const end = () => this.#send({ id, line, act: 'end' });
    let isWaiting = true;
    onceGone?.(() => isWaiting && this.#send({ id, line, act: 'give-up' }));
    const asked = await this.#ask({ id, line, act: 'turn', source });
    isWaiting = false;
    // Who comes again at once costs more than who waits.
    if ('busy' in asked) await pause(Math.max(0, REFUSAL_HELD_MS + began - performance.now()));
    resultOf(asked);
    let isOver = false;
    try {
      return await act(
        async (work) => {
          isOver = true;
          return resultOf(await this.#ask({ id, line, act: 'work', work }));
        },
        () => {
          isOver = true;
          end();
        },
      );
    } finally {
      if (!isOver) end();
    }
  }

  #ask(message: PasswordMessage): Promise<PasswordReply> {
    const answer = new Promise<PasswordReply>((resolve) => {
      this.#waiting.set(message.id, resolve);
      this.#send(message);
    });
    return resting(() => answer);
  }

  #send(message: PasswordMessage): void {
    if (this.#lines) this.#lines[message.line].take(message, (reply) => this.#settle(reply), this);
    else process.send?.(message);
  }

  #settle(reply: PasswordReply): void {
    this.#waiting.get(reply.id)?.(reply);
    this.#waiting.delete(reply.id);
  }
}
