import { LogRetention } from '../../src/audit/log-retention.js';
import { startApp, type RunningApp } from '../support/app.js';
import { companyExists } from '../support/members.js';

let running: RunningApp;
beforeEach(async () => {
  running = await startApp();
});
afterEach(() => running.stop());

const retention = () => running.app.get(LogRetention);

interface Month {
  name: string;
  ends: string | null;
}

async function months(): Promise<Month[]> {
  const { rows } = await running.pool.query<Month>(
    `select name, to_char(ends_at at time zone 'UTC', 'YYYY-MM-DD') as ends
     from audit_partitions order by ends_at`,
  );
  return rows;
}

/** Where the newest row with this request number lies. */
async function tableOf(requestId: string): Promise<string> {
  const { rows } = await running.pool.query<{ name: string }>(
    'select tableoid::regclass::text as name from audit_entries where request_id = $1',
    [requestId],
  );
  return rows[0]!.name;
}

async function log(requestId: string): Promise<void> {
  await running.pool.query(
    `insert into audit_entries (act, reason, request_id) values ('sign-in', 'done', $1)`,
    [requestId],
  );
}

describe('the log', () => {
  it('has a table for this month and for three to come, and one for the rest', async () => {
    const { rows } = await running.pool.query<{ ends: string }>(
      `select to_char(date_trunc('month', now() at time zone 'UTC') + n * interval '1 month',
                      'YYYY-MM-DD') as ends from generate_series(1, 4) n`,
    );
    const found = await months();
    expect(found.map(({ ends }) => ends)).toEqual([...rows.map(({ ends }) => ends), null]);
    expect(found[0]!.name).toBe('audit_entries_first');
    expect(found.at(-1)!.name).toBe('audit_entries_rest');
  });

  it('loses no row when the job is late, and puts each in its month afterwards', async () => {
    await running.clock.advance('400 days');
    await log('late');
    expect(await tableOf('late')).toBe('audit_entries_rest');
    await retention().makeMonths();
    expect(await tableOf('late')).toMatch(/^audit_entries_20\d\d_\d\d$/);
    const { rows } = await running.pool.query('select from audit_entries_rest');
    expect(rows).toHaveLength(0);
    const { rowCount } = await running.pool.query(
      `select from audit_partitions where ends_at > genkan_now() + interval '3 months'`,
    );
    expect(rowCount).toBe(1);
  });

  it('makes nothing twice', async () => {
    const before = await months();
    await retention().makeMonths();
    expect(await months()).toEqual(before);
  });

  it('refuses changes of each of its tables', async () => {
    await running.clock.advance('400 days');
    await retention().makeMonths();
    const names = (await months()).map(({ name }) => name);
    expect(names.length).toBeGreaterThan(15);
    for (const name of names)
      for (const statement of [
        `delete from ${name}`,
        `truncate ${name}`,
        `update ${name} set id = 1`,
      ])
        await expect(running.pool.query(statement)).rejects.toMatchObject({ code: 'GK002' });
  });

  it('finds rows by request, company and person through an index of each month', async () => {
    const conditions = [
      `request_id = 'x'`,
      `corporation_id = gen_random_uuid() and at > now() - interval '1 day'`,
      `account_id = gen_random_uuid() and at > now() - interval '1 day'`,
    ];
    const client = await running.pool.connect();
    await client.query('set enable_seqscan = off');
    for (const condition of conditions) {
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(
        `explain select * from audit_entries where ${condition}`,
      );
      expect(rows.map((row) => row['QUERY PLAN']).join('\n')).not.toContain('Seq Scan');
    }
    client.release(true);
  });
});

describe('retention', () => {
  it('drops months that are over by AUDIT_RETENTION_MONTHS, and says so in the log', async () => {
    await log('old');
    const [oldest] = await months();
    await running.clock.advance('36 months');
    await retention().makeMonths();
    await log('young');
    await retention().dropOld();
    expect((await months())[0]).toEqual(oldest);
    await running.clock.advance('31 days');
    await retention().dropOld();
    expect((await months()).map(({ name }) => name)).not.toContain(oldest!.name);
    const { rows } = await running.pool.query(
      `select request_id, facts from audit_entries where request_id in ('old', 'young')
         or act = 'log-retention' order by id`,
    );
    expect(rows).toEqual([
      { request_id: 'young', facts: {} },
      { request_id: null, facts: { month: oldest!.name } },
    ]);
  });

  it('cannot be shorter than two months, whoever asks', async () => {
    await expect(running.pool.query('select drop_audit_partition(1)')).rejects.toMatchObject({
      code: 'GK002',
    });
  });

  it('forgets mails, requests and statements of decided cases, and nothing that is open', async () => {
    const mail = await leftovers();
    await retention().dropOld();
    expect(await left()).toEqual([2, 2, 2, 2, 1]);
    await running.clock.advance('36 months 1 day');
    await running.pool.query(`update mail_deliveries set state = 'deferred' where id = $1`, [mail]);
    await retention().dropOld();
    expect(await left()).toEqual([1, 0, 1, 1, 0]);
    const { rows } = await running.pool.query(
      `select facts from audit_entries where act = 'log-retention' and facts ? 'mails'`,
    );
    const forgotten = { mails: 1, requests: 2, objections: 1, statements: 1, names: 1 };
    expect(rows).toEqual([{ facts: forgotten }]);
  });
});

/** Two mails, requests, and cases with both sides' words, of which one is at the desk. @returns a mail's id */
async function leftovers(): Promise<string> {
  const { corporation, sato } = await companyExists(running);
  const { rows } = await running.pool.query<{ id: string }>(
    `insert into mail_deliveries (id, kind, recipient, state)
     select gen_random_uuid(), 'test', 'x@example.jp', 'handed-over' from generate_series(1, 2)
     returning id`,
  );
  await running.pool.query(
    `insert into ip_requests (corporation_id, account_id, address, purpose, wanted_until)
     select $1, $2, '192.0.2.1', '出張', genkan_now() from generate_series(1, 2)`,
    [corporation.id, sato.id],
  );
  await running.pool.query(
    `with cases as (
       insert into enrollments (case_number, kind, state, corporation_id, corporate_number, applicant,
                                address, decided_at, newcomer_statement)
       select state, 'succession', state, $1, '1', '新井', '192.0.2.1', genkan_now(), '言い分'
       from unnest(array['refused', 'objected']) state returning id)
     insert into witnesses (enrollment_id, account_id, ends_at, statement)
     select id, $2, genkan_now(), '知らない方です。' from cases`,
    [corporation.id, sato.id],
  );
  await running.pool.query(`update accounts set name = '佐藤 薫' where id = $1`, [sato.id]);
  return rows[0]!.id;
}

/** How many mails, requests, objections, statements and former names there are. */
async function left(): Promise<number[]> {
  const { rows } = await running.pool.query<{ counts: number[] }>(
    `select array[(select count(*) from mail_deliveries where kind = 'test'),
                  (select count(*) from ip_requests),
                  (select count(statement) from witnesses),
                  (select count(newcomer_statement) from enrollments),
                  (select count(*) from former_names)]::int[] as counts`,
  );
  return rows[0]!.counts;
}
