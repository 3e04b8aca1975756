import { check, type Fault } from '../fault.js';
import { asksForRecovery, mailReaders } from '../mail-readers.js';
import { Relay } from '../relay.js';
import { until } from '../smtp-trouble.js';

const LOCK = 4_711;
/** As many jobs as one process does at once. */
const AT_ONCE = 2;

const FAILS = `
  create function cannot_end() returns trigger language plpgsql as $$
  begin
    perform pg_advisory_xact_lock(${LOCK});
    raise exception 'no end is written down';
  end $$;
  create trigger cannot_end before delete on graphile_worker._private_jobs
    for each row execute function cannot_end()`;
const WORKS = `
  drop trigger cannot_end on graphile_worker._private_jobs;
  drop function cannot_end`;
const TRIED = `select from pg_stat_activity where wait_event = 'advisory'`;

export const fault: Fault = {
  must: 'jobs go on where the ends of all that are at work cannot be written down',
  async run(stage) {
    const relay = await Relay.start();
    stage.atEnd(() => relay.stop());
    const app = await stage.startApplication({ SMTP_URL: relay.url });
    const rounds = stage.quick ? 1 : 3;
    const readers = await mailReaders(stage.pool, rounds * (AT_ONCE + 1));
    let longest = 0;
    for (let round = 0; round < rounds; round += 1) {
      await stage.pool.query(FAILS);
      const holder = await stage.pool.connect();
      await holder.query(`select pg_advisory_lock(${LOCK})`);
      for (let job = 1; job <= AT_ONCE; job += 1) {
        await asksForRecovery(app, readers.pop()!);
        await until(async () => (await holder.query(TRIED)).rowCount === job, 'an end is tried');
      }
      await holder.query(`select pg_advisory_unlock(${LOCK})`);
      holder.release();
      await stage.pool.query(WORKS);
      const reader = readers.pop()!;
      const began = performance.now();
      await asksForRecovery(app, reader);
      await until(() => relay.taken.some(({ to }) => to === reader), 'the next mail came');
      longest = Math.max(longest, performance.now() - began);
    }
    check(app.isRunning, 'the process ended');
    return `${rounds} times: the next recovery's mail came after at most ${Math.round(longest / 1000)} s`;
  },
};
