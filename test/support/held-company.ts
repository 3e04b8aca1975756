import type { PoolClient } from 'pg';
import type { RunningApp } from './app.js';
import type { Corporation, Member } from './people.js';
import { until } from './until.js';

/** While it is held, everybody who changes something of the company, or the account, waits. */
export interface HeldCompany {
  holder: PoolClient;
  /** Until so many connections wait for a lock. */
  isWaitedFor: (times: number) => Promise<void>;
  waiting: () => Promise<number>;
  /** Lets it go, with what the holder changed. */
  letsGo: () => Promise<void>;
}

export function holdsUp(running: RunningApp, { id }: Corporation): Promise<HeldCompany> {
  return holds(running, 'corporations', id);
}

export function holdsAccount(running: RunningApp, { id }: Member): Promise<HeldCompany> {
  return holds(running, 'accounts', id);
}

async function holds({ pool }: RunningApp, table: string, id: string): Promise<HeldCompany> {
  const holder = await pool.connect();
  await holder.query('begin');
  await holder.query(`select from ${table} where id = $1 for no key update`, [id]);
  const waiting = async () => {
    // A transaction goes on seeing the connections that it saw first.
    await holder.query('select pg_stat_clear_snapshot()');
    const { rows } = await holder.query<{ count: number }>(
      `select count(*)::int from pg_stat_activity
       where datname = current_database() and wait_event_type = 'Lock'`,
    );
    return rows[0]!.count;
  };
  return {
    holder,
    waiting,
    isWaitedFor: async (times) => {
      await until(async () => (await waiting()) >= times);
    },
    letsGo: async () => {
      await holder.query('commit');
      holder.release();
    },
  };
}
