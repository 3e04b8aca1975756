import { Client } from 'pg';
import { startApp, type RunningApp } from '../support/app.js';
import type { Corporation, Member } from '../support/people.js';

const REFUSED = { code: 'GK001' };

let running: RunningApp;
let companies = 0;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

async function company(): Promise<Corporation> {
  companies += 1;
  const corporateNumber = String(companies);
  return running.people.corporationExists({ corporateNumber, name: `第${companies}株式会社` });
}

const administrator = (corporation: Corporation, loginId: string) =>
  running.people.administratorExists({ corporation, loginId, name: '佐藤 花子' });

const staff = (corporation: Corporation, loginId: string) =>
  running.people.staffExists({ corporation, loginId, name: '鈴木 次郎' });

const run = (statement: string, ...values: unknown[]) => running.pool.query(statement, values);

/** The ways to lose an administrator, each as one statement about one account. */
const WAYS: [string, string][] = [
  ['deleted', `update accounts set state = 'deleted' where id = $1`],
  ['suspended', `update accounts set state = 'suspended' where id = $1`],
  ['marked', `update accounts set frozen_by_desk = true, role = 'staff' where id = $1`],
  ['demoted', `update accounts set role = 'staff' where id = $1`],
  ['set back', `update accounts set state = 'registered' where id = $1`],
  ['removed', 'delete from accounts where id = $1'],
  ['moved', 'update accounts set corporation_id = $2 where id = $1'],
];

async function usable({ id }: Corporation): Promise<number> {
  const { rows } = await run(
    `select from accounts where corporation_id = $1 and role = 'administrator' and state = 'active'`,
    id,
  );
  return rows.length;
}

describe('the last administrator', () => {
  it.each(WAYS)('cannot be %s while the company has other people', async (way, statement) => {
    const corporation = await company();
    const sato = await administrator(corporation, `sato-${way}`);
    await staff(corporation, `suzuki-${way}`);
    await expect(loses(statement, sato)).rejects.toMatchObject(REFUSED);
    expect(await usable(corporation)).toBe(1);
  });

  it.each(WAYS)('cannot be %s when nobody else is there', async (way, statement) => {
    const corporation = await company();
    const sato = await administrator(corporation, `alone-${way}`);
    await expect(loses(statement, sato)).rejects.toMatchObject(REFUSED);
    expect(await usable(corporation)).toBe(1);
  });

  it.each(WAYS)('can be %s when another one can sign in', async (way, statement) => {
    const corporation = await company();
    const sato = await administrator(corporation, `first-${way}`);
    await administrator(corporation, `second-${way}`);
    await loses(statement, sato);
    expect(await usable(corporation)).toBe(1);
  });

  it('can be stopped by a case, and then counts for nobody', async () => {
    const corporation = await company();
    const sato = await administrator(corporation, 'stopped');
    await loses(`update accounts set state = 'suspended', in_case = true where id = $1`, sato);
    expect(await usable(corporation)).toBe(0);
    await expect(staff(corporation, 'behind-stopped')).rejects.toMatchObject(REFUSED);
  });

  it('is not replaced by one who cannot sign in', async () => {
    const corporation = await company();
    const sato = await administrator(corporation, 'usable');
    const given = { corporation, name: '山田 三郎' };
    for (const state of ['registered', 'suspended', 'deleted'] as const)
      await running.people.administratorExists({ ...given, loginId: `un-${state}`, state });
    await expect(loses(WAYS[0]![1], sato)).rejects.toMatchObject(REFUSED);
  });

  it('can be exchanged in one transaction, and all of them cannot leave in one', async () => {
    const corporation = await company();
    const sato = await administrator(corporation, 'old');
    const suzuki = await staff(corporation, 'new');
    await run(
      `update accounts set role = case when id = $1 then 'staff' else 'administrator' end
       where id in ($1, $2)`,
      sato.id,
      suzuki.id,
    );
    const everybody = `update accounts set state = 'suspended' where corporation_id = $1`;
    await expect(run(everybody, corporation.id)).rejects.toMatchObject(REFUSED);
  });
});

describe('a company without an administrator', () => {
  it.each(['active', 'suspended'] as const)('takes no %s people', async (state) => {
    const corporation = await company();
    const given = { corporation, loginId: `lonely-${state}`, name: '鈴木 次郎', state };
    await expect(running.people.staffExists(given)).rejects.toMatchObject(REFUSED);
  });

  it.each(['registered', 'deleted'] as const)('takes %s people', async (state) => {
    const given = { corporation: await company(), loginId: `early-${state}`, name: '佐藤 花子' };
    expect(await running.people.administratorExists({ ...given, state })).toMatchObject(given);
  });

  it.each(['deleted', 'suspended'] as const)('gets its %s people back', async (state) => {
    const corporation = await company();
    const sato = await administrator(corporation, `gone-${state}`);
    const suzuki = await staff(corporation, `back-${state}`);
    const registered = { corporation, loginId: `new-${state}`, name: '林 三郎' };
    const hayashi = await running.people.staffExists({ ...registered, state: 'registered' });
    await run('update accounts set state = $2 where id = $1', suzuki.id, state);
    await run(`update accounts set state = 'suspended', in_case = true where id = $1`, sato.id);
    const comes = `update accounts set state = 'active' where id = $1`;
    await expect(run(comes, hayashi.id)).rejects.toMatchObject(REFUSED);
    expect((await run(comes, suzuki.id)).rowCount).toBe(1);
  });

  it('gets none by a move either', async () => {
    const from = await company();
    await administrator(from, 'stays');
    const moving = await staff(from, 'moves');
    const to = await company();
    const move = run('update accounts set corporation_id = $2 where id = $1', moving.id, to.id);
    await expect(move.then(({ rowCount }) => rowCount)).rejects.toMatchObject(REFUSED);
  });
});

describe('two administrators who remove each other at the same moment', () => {
  const clients: Client[] = [];
  beforeAll(async () => {
    for (let each = 0; each < 2; each += 1) clients.push(new Client(running.config.databaseUrl));
    await Promise.all(clients.map((client) => client.connect()));
  });
  afterAll(() => Promise.all(clients.map((client) => client.end())));

  const PAIRS = [
    ['deleting', WAYS[0]![1], WAYS[0]![1]],
    ['demoting', WAYS[2]![1], WAYS[2]![1]],
    ['deleting and suspending', WAYS[0]![1], WAYS[1]![1]],
  ] as const;

  it.each(PAIRS)('by %s leave always one, in 200 rounds', async (way, one, two) => {
    for (const [sato, suzuki] of await pairs(200, way)) {
      await Promise.allSettled([clients[0]!.query(one, [suzuki]), clients[1]!.query(two, [sato])]);
    }
    const { rows } = await run(
      `select count(*)::int from corporations c where name = $1 and not exists
         (select from accounts where corporation_id = c.id
            and role = 'administrator' and state = 'active')`,
      way,
    );
    expect(rows).toEqual([{ count: 0 }]);
  });
});

describe('the log', () => {
  it.each([
    `update audit_entries set reason = 'done'`,
    'delete from audit_entries',
    'delete from audit_entries where id = -1',
    'truncate audit_entries',
  ])('refuses "%s", whoever asks', async (statement) => {
    await run(`insert into audit_entries (act, reason) values ('sign-in', 'waiting')`);
    await expect(run(statement)).rejects.toMatchObject({ code: 'GK002' });
  });
});

async function loses(statement: string, { id }: Member): Promise<void> {
  if (!statement.includes('$2')) return void (await run(statement, id));
  const elsewhere = await company();
  await administrator(elsewhere, `elsewhere-${companies}`);
  await run(statement, id, elsewhere.id);
}

/** So many companies of this name, with two administrators each and nobody else. */
async function pairs(count: number, name: string): Promise<[string, string][]> {
  const { rows } = await run(
    `with new as (insert into corporations (corporate_number, name, name_kana)
       select $2 || n, $2, '' from generate_series(1, $1) n returning id)
     insert into accounts (corporation_id, role, state, login_id, login_id_key, name, name_kana,
       email, email_key, password_hash)
     select id, 'administrator', 'active', id || '-' || n, id || '-' || n, '佐藤', '', '', '', ''
     from new, generate_series(1, 2) n order by id returning id`,
    count,
    name,
  );
  const ids = rows.map(({ id }: { id: string }) => id);
  return Array.from({ length: count }, (_, index) => [ids[2 * index]!, ids[2 * index + 1]!]);
}
