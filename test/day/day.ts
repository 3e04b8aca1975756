/**
 * `npm run bench -- --only day [--minutes N] [--share S]`: a day of an operator with 20,000
 * companies and 60,000 people in N minutes (60), or a part of it (`--share 0.1`), against the built
 * application, a real PostgreSQL and a real mail server. The database's clock runs as much faster,
 * so that sessions, counters and links end as on a real day; the hourly jobs run each of its hours.
 * Prints what happened, and bytes and rows by table before and after.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { prepareDemo, Stage } from '../faults/stage.js';
import { eventsOf, kindsOf, type Event } from './events.js';
import { Outcomes } from './outcomes.js';
import { People } from './people.js';
import { sizesOf, tableOf } from './tables.js';

const MINUTES_OF_A_DAY = 1_440;
const MOST_OPEN = 200;
const HOURLY = ['clean-up', 'log-hourly-counts', 'make-log-months'];

const { values: options } = parseArgs({
  options: {
    only: { type: 'string' },
    minutes: { type: 'string', default: '60' },
    share: { type: 'string', default: '1' },
  },
});
const minutes = Number(options.minutes);
const share = Number(options.share);
if (!(minutes > 0 && share > 0 && share <= 1))
  throw new Error('--minutes is a number above 0, --share one above 0 up to 1');

const demo = await prepareDemo();
const stage = await Stage.open(demo, false);
for (const end of ['SIGINT', 'SIGTERM'] as const)
  process.once(end, () => void cleanUp().finally(() => process.exit(1)));
try {
  await replay();
} finally {
  await cleanUp();
}
process.exit(0);

async function cleanUp(): Promise<void> {
  await stage.close();
  await demo.remove();
}

async function replay(): Promise<void> {
  const { pool, mailbox } = stage;
  const application = await stage.startApplication({ LOG_LEVEL: 'warn' });
  const people = new People(application.origin);
  tell('20,000 companies and 60,000 people move in');
  await people.moveIn(stage);
  await quickens();
  const before = await sizesOf(pool);
  const events = eventsOf(kindsOf(people, mailbox), share);
  tell(`${events.length} things happen in ${minutes} minutes`);
  const hours = setInterval(hourStrikes, (minutes * 60_000) / 24);
  const outcomes = new Outcomes();
  const seconds = await happens(events, outcomes);
  clearInterval(hours);
  await mailbox.everythingIsSent();
  // As long as a browser is seen, it is written once a minute, and at the end.
  await application.stop();
  const after = await sizesOf(pool);
  console.log(
    `A day's load (share ${share}) in ${Math.round(seconds / 60)} min, planned ${minutes}:`,
    `\n${outcomes.lines().join('\n')}\n${mailbox.all().length} mails\n\n${tableOf(before, after)}`,
  );
}

/** The database's clock passes a day in these minutes, and it is tidied as often in a day as always. */
async function quickens(): Promise<void> {
  const { rows } = await stage.pool.query<{ now: Date }>('select now()');
  const start = `timestamptz '${rows[0]!.now.toISOString()}'`;
  await stage.pool.query('vacuum analyze');
  await stage.pool.query(
    `create or replace function genkan_now() returns timestamptz
     language sql stable parallel safe as
     $$select ${start} + (now() - ${start}) * ${MINUTES_OF_A_DAY / minutes}$$`,
  );
  const everySeconds = Math.max(1, Math.round((60 * minutes) / MINUTES_OF_A_DAY));
  await stage.pool.query(`alter system set autovacuum_naptime = '${everySeconds}s'`);
  await stage.pool.query('select pg_reload_conf()');
}

function hourStrikes(): void {
  for (const job of HOURLY)
    stage.pool.query('select graphile_worker.add_job($1)', [job]).catch(tell);
}

/** Each begins at its time, or as soon as there is room. @returns seconds until the last one is over */
async function happens(events: Event[], outcomes: Outcomes): Promise<number> {
  const began = performance.now();
  const open = new Set<Promise<void>>();
  for (const [turn, event] of events.entries()) {
    const due = (turn / events.length) * minutes * 60_000;
    await wait(Math.max(0, due - (performance.now() - began)));
    while (open.size >= MOST_OPEN) await Promise.race(open);
    const ending = outcomes.of(event).then(() => void open.delete(ending));
    open.add(ending);
  }
  await Promise.all(open);
  return (performance.now() - began) / 1000;
}

function tell(what: unknown): void {
  console.error(`day: ${String(what)}`);
}
