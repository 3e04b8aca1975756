import { Gauge } from 'prom-client';
import type { DatabaseProbe } from '../health/database-probe.js';
import { SECOND_MS } from '../durations.js';
import { DESK_CASE_FIGURES } from './desk-case-figures.js';
import type { Figures } from './figures.js';

/** Several monitors, or one that asks often, cost the database one reading in so long. */
const FRESH_FOR = 10 * SECOND_MS;

const jobs = (name: string, help: string) =>
  new Gauge({ name: `genkan_jobs_${name}`, help, labelNames: ['kind'] });
const mails = (name: string, help: string) =>
  new Gauge({ name: `genkan_mails_${name}`, help, labelNames: ['state', 'reason'] });
const awaited = (name: string, help: string) =>
  new Gauge({ name: `genkan_mails_awaited_${name}`, help, labelNames: ['state'] });
const cases = (name: string, help: string) =>
  new Gauge({ name: `genkan_cases_${name}`, help, labelNames: ['stage', 'age'] });
const factors = (name: string, help: string) =>
  new Gauge({ name: `genkan_second_factor_${name}`, help, labelNames: ['kind'] });

const FIGURES: Figures[] = [
  {
    statement: `
      select task_identifier as kind,
             count(*) filter (where is_due) as waiting,
             count(*) filter (where locked_at is not null) as running,
             count(*) filter (where attempts >= max_attempts) as given_up,
             coalesce(max(extract(epoch from now() - greatest(run_at, created_at)))
               filter (where is_due or locked_at is not null), 0) as oldest
      from (select *, run_at <= now() and locked_at is null and attempts < max_attempts as is_due
            from graphile_worker.jobs) as j
      group by kind`,
    gauges: {
      waiting: jobs('waiting', 'Jobs that are due and that nobody works on'),
      running: jobs('running', 'Jobs that somebody works on'),
      given_up: jobs('given_up', 'Jobs that failed too often and are tried no more'),
      oldest: jobs('oldest_seconds', 'Age of the oldest job that is due or that somebody works on'),
    },
  },
  {
    // The code of the last answer is all that leaves the row.
    statement: `
      select state, coalesce(substring(server_answer from '^\\d{3}'), 'none') as reason,
             count(*) as count,
             greatest(extract(epoch from genkan_now() - min(created_at)), 0) as oldest
      from mail_deliveries where state in ('queued', 'deferred')
      group by 1, 2
      union all
      select state, coalesce(substring(server_answer from '^\\d{3}'), 'none'), count(*), null
      from mail_deliveries
      where state = 'bounced' and finished_at > genkan_now() - interval '1 day'
      group by 1, 2`,
    gauges: {
      count: mails('current', 'Mails that wait, and those refused for good within a day'),
      oldest: mails('oldest_seconds', 'Age of the oldest mail that waits'),
    },
  },
  {
    statement: `
      select coalesce(bounce_class, 'other') as reason, count(*) as bounced from mail_deliveries
      where state = 'bounced' and finished_at > genkan_now() - interval '1 day' group by 1`,
    gauges: {
      bounced: new Gauge({
        name: 'genkan_mails_bounced',
        help: 'Mails that came back within a day, at once or later, by why',
        labelNames: ['reason'],
      }),
    },
  },
  {
    statement: `
      select state, count(*) filter (where priority = 0 and age > 120) as late,
             greatest(max(age) filter (where priority = 0), 0) as awaited,
             greatest(-min(age), 0) as ahead
      from (select state, priority, extract(epoch from genkan_now() - created_at) as age
            from mail_deliveries where state in ('queued', 'deferred')) as m
      group by state`,
    gauges: {
      late: awaited('late', 'Of the mails that people wait for, those older than two minutes'),
      awaited: awaited('oldest_seconds', 'Age of the oldest mail that people wait for'),
      ahead: new Gauge({
        name: 'genkan_mails_ahead_seconds',
        help: 'How far waiting mails are ahead of the clock of the database, which was set back',
        labelNames: ['state'],
      }),
    },
  },
  {
    statement: `
      with c as (
        select enrollment_stage(kind, state, started_at, release_at, probation_ends_at) as stage,
               genkan_now() - case when state = 'objected' then decided_at else started_at end as age
        from enrollments
        where state in ('review', 'queued', 'awaiting-activation', 'running', 'objected'))
      select stage, count(*) as open, extract(epoch from max(age)) as oldest,
             case when age < interval '1 day' then 'day' when age < interval '7 days' then 'week'
                  else 'older' end as age
      from c where stage not in ('completed', 'expired')
      group by stage, 4`,
    gauges: {
      open: cases('open', 'Cases that nobody decided yet, by how long they are in their stage'),
      oldest: cases('oldest_seconds', 'How long the oldest of them is in its stage'),
    },
  },
  DESK_CASE_FIGURES,
  {
    statement: `
      select count(*) filter (where began_at is not null and ends_at > genkan_now()) as running,
             count(*) filter (where ends_at <= genkan_now()
               and ends_at > genkan_now() - interval '14 days') as due
      from factor_removals where outcome is null`,
    gauges: {
      running: new Gauge({
        name: 'genkan_factor_removals_running',
        help: 'Removals of lost second factors whose 72 hours run',
      }),
      due: new Gauge({
        name: 'genkan_factor_removals_due',
        help: 'Removals of lost second factors whose time is over, and that wait for their person',
      }),
    },
  },
  {
    statement: 'select count(*) as unadministered from unadministered_corporations',
    gauges: {
      unadministered: new Gauge({
        name: 'genkan_corporations_unadministered',
        help: 'Companies whose people sign in while nobody administers them, after a case',
      }),
    },
  },
  {
    // The policy that holds for a company is its own or the operator's, whichever asks more.
    statement: `
      select case when coalesce(c.everybody_asked_since, m.everybody_asked_since) is not null
                    then 'everybody'
                  when coalesce(c.administrators_asked_since, m.administrators_asked_since)
                    is not null then 'administrators'
                  else 'nobody' end as kind,
             count(*) as companies, coalesce(sum(f.people), 0) as people
      from corporations c cross join second_factor_minimum m
      left join (
        select corporation_id, count(*) as people from accounts
        where second_factor_since is not null and state = 'active'
        group by corporation_id) f on f.corporation_id = c.id
      where c.state = 'active'
      group by 1`,
    gauges: {
      companies: factors('companies', 'Companies by the people whom they ask for a second factor'),
      people: factors('people', 'People with a second factor, by whom their company asks for one'),
    },
  },
];

const isReadable = new Gauge({
  name: 'genkan_stored_figures_up',
  help: '0: the database did not answer, so jobs, mails and cases are missing',
});

/** Figures that stand in the database. While it is away they are missing, and all others go on. */
export class StoredFigures {
  #readAt = -Infinity;
  #reading = Promise.resolve();

  constructor(private readonly probe: DatabaseProbe) {}

  /** Brings the gauges up to date, unless that was done just now. */
  async refresh(): Promise<void> {
    if (performance.now() - this.#readAt > FRESH_FOR) {
      this.#readAt = performance.now();
      this.#reading = this.#read();
    }
    await this.#reading;
  }

  async #read(): Promise<void> {
    try {
      for (const figures of FIGURES) await this.#show(figures);
      isReadable.set(1);
    } catch {
      for (const { gauges } of FIGURES) for (const gauge of Object.values(gauges)) gauge.reset();
      isReadable.set(0);
    }
  }

  async #show({ statement, gauges }: Figures): Promise<void> {
    const { rows } = await this.probe.query<Record<string, string | null>>(statement);
    for (const gauge of Object.values(gauges)) gauge.reset();
    for (const row of rows) {
      const labels = Object.entries(row).filter(([column]) => !(column in gauges));
      for (const [column, gauge] of Object.entries(gauges))
        if (row[column] !== null)
          gauge.set(Object.fromEntries(labels) as Record<string, string>, Number(row[column]));
    }
  }
}
