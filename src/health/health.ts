import { setTimeout as wait } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { pendingMigrations } from '../database/migrate.js';
import { DatabaseProbe } from './database-probe.js';
import { Drain } from './drain.js';

type Fault = 'unreachable' | 'read-only' | 'pending' | 'unknown' | 'draining';

/** Absent: all is well. */
interface Part {
  fault?: Fault;
  /** The driver's words, for the log alone: they may name hosts. */
  words?: string;
}

export interface HealthReport {
  status: 200 | 503;
  body: object;
  /** What is down and why, for the log. */
  cause?: string;
}

const LIVE: HealthReport = { status: 200, body: { status: 'ok' } };
/** Milliseconds for connecting and asking. */
const LONGEST_CHECK = 3_000;
const READ_ONLY = `
  select pg_is_in_recovery() or current_setting('transaction_read_only')::boolean as "isReadOnly"`;

/**
 * What monitors and balancers ask: `live` (the process answers) and `ready` (it can do its work).
 * Work that waits is no part of it: a balancer would take all processes away at once, for something
 * that none of them cures.
 */
@Injectable()
export class Health {
  #isMigrated = false;

  constructor(
    private readonly probe: DatabaseProbe,
    private readonly drain: Drain,
  ) {}

  /** @returns undefined for a path that is no page of it */
  async report(path: string): Promise<HealthReport | undefined> {
    if (path === '/health/live') return LIVE;
    return path === '/health/ready' ? this.#ready() : undefined;
  }

  async #ready(): Promise<HealthReport> {
    const database = await this.#database();
    const migrations = await this.#migrations(database);
    const drain: Part = this.drain.hasBegun ? { fault: 'draining' } : {};
    const parts = Object.entries({ database, migrations, drain });
    const details = Object.fromEntries(parts.map(([name, part]) => [name, shown(part)]));
    const cause = parts.filter(([, { fault }]) => fault).map(told);
    if (cause.length === 0) return { status: 200, body: { status: 'ok', details } };
    return { status: 503, body: { status: 'error', details }, cause: cause.join(', ') };
  }

  async #database(): Promise<Part> {
    try {
      const asked = this.probe.query<{ isReadOnly: boolean }>(READ_ONLY);
      const { rows } = await inTime(asked);
      return rows[0]?.isReadOnly ? { fault: 'read-only' } : {};
    } catch (error) {
      return { fault: 'unreachable', words: wordsOf(error) };
    }
  }

  /** Migrations that ran do not go away again, so they are asked about until then. */
  async #migrations({ fault }: Part): Promise<Part> {
    if (this.#isMigrated) return {};
    if (fault === 'unreachable') return { fault: 'unknown' };
    try {
      const pending = await inTime(pendingMigrations(this.probe));
      this.#isMigrated = pending.length === 0;
      return this.#isMigrated ? {} : { fault: 'pending' };
    } catch (error) {
      return { fault: 'unknown', words: wordsOf(error) };
    }
  }
}

function inTime<T>(work: Promise<T>): Promise<T> {
  const late = wait(LONGEST_CHECK, undefined, { ref: false }).then(() => {
    throw new Error(`no answer within ${LONGEST_CHECK} ms`);
  });
  return Promise.race([work, late]);
}

function shown({ fault }: Part): object {
  return fault ? { status: 'down', reason: fault } : { status: 'up' };
}

function told([name, { fault, words }]: [string, Part]): string {
  return `${name}: ${fault}${words ? ` (${words})` : ''}`;
}

function wordsOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return [code, message].filter(Boolean).join(' ');
}
