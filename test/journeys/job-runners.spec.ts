import { JobRunners } from '../../src/jobs/job-runners.js';
import { Jobs } from '../../src/jobs/jobs.js';
import { startApp, type RunningApp } from '../support/app.js';
import { office } from '../support/invitation.js';
import { asksElsewhere } from '../support/recovery.js';
import { until } from '../support/until.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

/** A job that a process took, in the hour before it was killed. */
async function heldBy(runner: string): Promise<void> {
  await running.app.get(Jobs).add('clean-up', {}, { key: runner, runAt: new Date('2100-01-01') });
  await running.pool.query(
    `update graphile_worker._private_jobs
     set locked_by = key, locked_at = now() - interval '1 hour', run_at = now() - interval '1 hour',
         created_at = now() - interval '1 hour'
     where key = $1`,
    [runner],
  );
}

async function isHeld(runner: string): Promise<boolean> {
  const { rowCount } = await running.pool.query(
    'select from graphile_worker.jobs where key = $1 and locked_by = key',
    [runner],
  );
  return rowCount === 1;
}

async function wasSeen(runner: string, ago: string): Promise<void> {
  await running.pool.query(`insert into job_runners values ($1, now() - $2::interval)`, [
    runner,
    ago,
  ]);
}

describe('a job', () => {
  it('of a runner that was silent for 40 seconds is done by another one', async () => {
    await heldBy('dead');
    await wasSeen('dead', '41 seconds');
    await running.app.get(JobRunners).giveBack();
    await running.mailbox.everythingIsSent();
    expect(await isHeld('dead')).toBe(false);
  });

  it('that was due at once is done at once, though the database`s clock was set back', async () => {
    const runAt = new Date('2100-01-01');
    await running.app.get(Jobs).add('clean-up', {}, { key: 'before', runAt });
    await running.app.get(Jobs).add('clean-up', {}, { key: 'later', runAt });
    await running.pool.query(
      `update graphile_worker._private_jobs set created_at = now() + interval '2 hours',
         run_at = case key when 'before' then now() + interval '2 hours' else run_at end
       where key in ('before', 'later')`,
    );
    await running.app.get(JobRunners).makeDue();
    await running.mailbox.everythingIsSent();
    const { rows } = await running.pool.query(
      `select key from graphile_worker.jobs where key in ('before', 'later')`,
    );
    expect(rows).toEqual([{ key: 'later' }]);
  });

  it('of a runner that is alive, or of a version that says nothing, stays with it', async () => {
    await heldBy('alive');
    await wasSeen('alive', '30 seconds');
    await heldBy('unknown');
    await running.app.get(JobRunners).giveBack();
    expect([await isHeld('alive'), await isHeld('unknown')]).toEqual([true, true]);
  });

  it('that is held counts as old, so that a stuck one is seen', async () => {
    expect(await running.app.get(Jobs).age()).toBeGreaterThanOrEqual(3600);
  });
});

it('a process tells that it is alive before its first job', async () => {
  const { rows } = await running.pool.query(
    `select count(*)::int as runners from job_runners
     where id like 'pool-%' and seen_at > now() - interval '1 minute'`,
  );
  expect(rows).toEqual([{ runners: 2 }]);
});

it('what a job failed with is kept without the rows that the database quotes', async () => {
  const { sato } = await office(running);
  const asked = `select last_error as error from graphile_worker.jobs where last_error is not null`;
  const errors = async () => (await running.pool.query<{ error: string }>(asked)).rows;
  await running.pool.query(
    'alter table mail_deliveries add constraint no_mail check (false) not valid',
  );
  await asksElsewhere(running, sato.email);
  await until(async () => (await errors()).length > 0);
  const [failed] = await errors();
  expect(failed!.error).toContain('violates check constraint "no_mail"');
  expect(failed!.error).not.toContain('@');
  await running.pool.query('alter table mail_deliveries drop constraint no_mail');
  await running.pool.query(
    `select graphile_worker.reschedule_jobs(
       array(select id from graphile_worker.jobs where last_error is not null), run_at := now())`,
  );
  await running.mailbox.mailTo(sato.email);
});
