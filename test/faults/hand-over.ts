import type { Pool } from 'pg';
import type { Application } from './application.js';
import { check } from './fault.js';
import { asksForRecovery, mailReaders } from './mail-readers.js';
import { until } from './smtp-trouble.js';
import type { Stage } from './stage.js';

/** From now on jobs are queued, and nobody begins them. */
const HOLD = `
  create function hold_job() returns trigger language plpgsql as
    $$ begin new.run_at := now() + interval '1 day'; return new; end $$;
  create trigger hold_job before insert on graphile_worker._private_jobs
    for each row execute function hold_job()`;
const RELEASE = `
  drop function hold_job cascade;
  update graphile_worker._private_jobs set run_at = now() where run_at > now() + interval '20 hours'`;

/** Starts a version, by the folder of its program. */
type Start = (folder: string | undefined) => Promise<Application>;

/**
 * What one version queued is worked off by the other one, alone: jobs and mails, both ways.
 * @returns how long it took, in words
 */
export async function handOver(
  stage: Stage,
  older: Application,
  newer: Application,
  start: Start,
): Promise<string> {
  await newer.stop();
  let running = older;
  const readers = await mailReaders(stage.pool, 4);
  const seen: string[] = [];
  for (const [turn, reader] of readers.entries()) {
    const folder = turn % 2 === 0 ? undefined : older.folder;
    const next = turn < 2 ? waitingMail : waitingJob;
    const goesOn = await next(stage, running, reader);
    await running.stop();
    check(running.faults.length === 0, running.faults.join('\n'));
    running = await start(folder);
    const began = performance.now();
    await goesOn();
    await until(() => stage.mailbox.unread(reader).length > 0, `the mail to ${reader} comes`);
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    const what = turn < 2 ? 'mail' : 'job';
    seen.push(`${what} of the ${folder ? 'new for the old' : 'old for the new'} ${seconds} s`);
  }
  await start(undefined);
  return seen.join(', ');
}

/** @returns ends what holds it */
async function waitingMail(
  { pool, mailbox }: Stage,
  application: Application,
  reader: string,
): Promise<() => Promise<unknown>> {
  await mailbox.goesDown();
  await asksForRecovery(application, reader);
  await until(() => isThere(pool, MAIL, reader), 'the mail waits');
  return () => mailbox.comesBack();
}

async function waitingJob(
  { pool }: Stage,
  application: Application,
  reader: string,
): Promise<() => Promise<unknown>> {
  await pool.query(HOLD);
  await asksForRecovery(application, reader);
  await until(() => isThere(pool, JOB), 'the job waits');
  return () => pool.query(RELEASE);
}

const MAIL = `select from mail_deliveries where recipient = $1 and state in ('queued', 'deferred')`;
const JOB = `select from graphile_worker.jobs where task_identifier = 'fulfil-recovery'`;

async function isThere(pool: Pool, text: string, ...values: string[]): Promise<boolean> {
  return (await pool.query(text, values)).rowCount === 1;
}
