import { fork, type ChildProcess } from 'node:child_process';
import cluster from 'node:cluster';
import { randomUUID } from 'node:crypto';
import { extname, join } from 'node:path';
import {
  Injectable,
  ServiceUnavailableException,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { Transform } from 'class-transformer';
import { Config } from '../config.js';
import type { FormBody } from '../web/forms.js';
import type { HashReply, HashRequest } from './hash-process.js';

type Act = HashRequest extends infer R ? (R extends HashRequest ? Omit<R, 'id'> : never) : never;

/** Longer ones are refused before they are hashed, which would cost. */
export const LONGEST_PASSWORD_BYTES = 1024;

/** The one form in which passwords are hashed and compared, so that each keyboard gives the same. */
export function passwordText(typed: string): string {
  return typed.normalize('NFKC');
}

/** A password of a form that is read field by field. */
export function typedPassword(body: FormBody, name: string): string {
  return passwordText(body[name] ?? '');
}

/** A field of a form class that holds a password. */
export function Password(): PropertyDecorator {
  return Transform(({ value }) => passwordText(value as string));
}

/** Salt and digest of a hash that no password fits: unknown login IDs are compared with it. */
const NOBODY_SALT = 'bm9ib2R5cy1zYWx0LTAwMQ';
const NOBODY_DIGEST = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';

/**
 * Argon2id behind one bounded queue for the machine, in a process of low priority, so that pages
 * stay quick while many people sign in.
 */
@Injectable()
export class Passwords implements OnApplicationShutdown {
  readonly #waiting = new Map<string, (reply: HashReply) => void>();
  #channel: ChildProcess | NodeJS.Process | undefined;

  constructor(private readonly config: Config) {}

  /**
   * @returns a PHC string with the configured parameters
   * @throws ServiceUnavailableException when the queue is full
   */
  async hash(password: string): Promise<string> {
    const { argon2MemoryKiB: memoryKiB, argon2Passes: passes } = this.config;
    return (await this.#ask({ act: 'hash', password, memoryKiB, passes })) as string;
  }

  /**
   * Compares with a stored hash; without one, with a hash that fits no password, at the same cost.
   * @throws ServiceUnavailableException when the queue is full
   */
  async verify(phc: string | undefined, password: string): Promise<boolean> {
    const right = await this.#ask({ act: 'verify', password, phc: phc ?? this.#nobody });
    return right === true && phc !== undefined;
  }

  /** The hash was made with other parameters than today's. */
  isOutdated(phc: string): boolean {
    return !phc.startsWith(`$argon2id$v=19$${this.#parameters}$`);
  }

  /**
   * @param known words about its owner
   * @returns how many guesses find the password, as a power of ten
   */
  async guesses(password: string, known: string[]): Promise<number> {
    return (await this.#ask({ act: 'guesses', password, known })) as number;
  }

  onApplicationShutdown(): void {
    if (this.#channel && this.#channel !== process) (this.#channel as ChildProcess).disconnect();
  }

  get #parameters(): string {
    return `m=${this.config.argon2MemoryKiB},t=${this.config.argon2Passes},p=1`;
  }

  get #nobody(): string {
    return `$argon2id$v=19$${this.#parameters}$${NOBODY_SALT}$${NOBODY_DIGEST}`;
  }

  async #ask(act: Act): Promise<string | boolean | number> {
    const channel = (this.#channel ??= this.#connect());
    const id = randomUUID();
    const reply = await new Promise<HashReply>((resolve) => {
      this.#waiting.set(id, resolve);
      channel.send?.({ ...act, id });
    });
    if ('busy' in reply)
      throw new ServiceUnavailableException('Too many passwords are being checked');
    if ('fault' in reply) throw new Error(`The hash process failed: ${reply.fault}`);
    return reply.result;
  }

  /** One process of several reaches the hash process through the first one. */
  #connect(): ChildProcess | NodeJS.Process {
    const channel = cluster.isWorker ? process : startHashProcess();
    channel.on('message', (reply: HashReply) => {
      this.#waiting.get(reply.id)?.(reply);
      this.#waiting.delete(reply.id);
    });
    channel.on('exit', () => {
      this.#channel = undefined;
      for (const [id, resolve] of this.#waiting) resolve({ id, busy: true });
      this.#waiting.clear();
    });
    return channel;
  }
}

/** Starts the process that hashes; it ends with the process that started it. */
export function startHashProcess(): ChildProcess {
  const file = join(import.meta.dirname, `hash-process${extname(import.meta.filename)}`);
  const child = fork(file, { execArgv: [], serialization: 'advanced' });
  child.unref();
  child.channel?.unref();
  // A message to a process that just died fails here; its callers are answered at its exit.
  child.on('error', () => undefined);
  return child;
}
