import type { Pool } from 'pg';
import { recovery } from '../crowd.js';
import { check, type Fault } from '../fault.js';

const SAY = { '40P01': 'deadlock detected', '40001': 'could not serialize access' };

/** The database says so many times that a transaction must begin anew. */
export const fault: Fault = {
  must: 'deadlock, serialization failure: retried up to 3 times, then a friendly page',
  async run(stage) {
    const { pool } = stage;
    const app = await stage.startApplication();
    const seen: string[] = [];
    for (const [code, words] of Object.entries(SAY))
      for (const times of [1, 2, 3]) {
        await failTimes(pool, times, code, words);
        await pool.query('delete from limit_counters');
        const answer = await app.ask(recovery(times));
        const fine = times < 3 ? answer.status === 303 : answer.status === 503;
        check(fine, `${code} ${times} times: answered ${answer.status}`);
        check(times < 3 || answer.headers['retry-after'] !== undefined, 'no Retry-After');
        seen.push(`${code} x${times}: ${answer.status}`);
      }
    await pool.query('drop trigger fails on recoveries');
    check((await app.statusOf(recovery(9))) === 303, 'it does not heal');
    return seen.join(', ');
  },
};

async function failTimes(pool: Pool, times: number, code: string, words: string): Promise<void> {
  await pool.query(`
    drop sequence if exists failures cascade;
    create sequence failures;
    create or replace function fails() returns trigger language plpgsql as $$
    begin
      if nextval('failures') <= ${times} then
        raise exception '${words}' using errcode = '${code}';
      end if;
      return new;
    end $$;
    create or replace trigger fails before insert on recoveries for each row execute function fails();`);
}
