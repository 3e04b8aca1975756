import { startApp, type RunningApp } from '../support/app.js';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { genkanInShell, Operator } from '../support/command.js';
import { companyExists } from '../support/members.js';
import { signsIn } from '../support/registration.js';

let running: RunningApp;
let operator: Operator;
beforeAll(async () => {
  running = await startApp();
  operator = new Operator(running);
});
afterAll(() => running.stop());
afterEach(() => running.clock.reset());

/** The lines that the command printed. */
async function exported(...options: string[]): Promise<string[]> {
  const { exitCode, out, err } = await operator.types('audit', 'export', ...options);
  expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
  return out.split('\n').slice(0, -1);
}

const entryOf = (line: string) => JSON.parse(line) as Record<string, unknown>;

async function log(requestId: string, at: string, corporationId: string): Promise<void> {
  await running.pool.query(
    `insert into audit_entries (act, reason, request_id, at, corporation_id)
     values ('sign-in', 'done', $1, $2, $3)`,
    [requestId, at, corporationId],
  );
}

it('has every row once, over months and pieces, the oldest first', async () => {
  await running.pool.query(
    `insert into audit_entries (act, reason, at, request_id)
     select 'sign-in', 'done', genkan_now() + (n % 500) * interval '1 day', n
     from generate_series(1, 5000) n`,
  );
  const entries = (await exported()).map(entryOf).filter(({ requestId }) => requestId !== null);
  expect(new Set(entries.map(({ requestId }) => requestId)).size).toBe(5_000);
  const times = entries.map(({ at }) => String(at));
  expect(times).toEqual(times.toSorted());
  await running.pool.query('select create_audit_partitions(20)');
  const again = (await exported()).map(entryOf).filter(({ requestId }) => requestId !== null);
  expect(again).toEqual(entries);
});

it('keeps to a company and a span of time, and stands in the log itself', async () => {
  const green = { corporateNumber: '81', name: 'みどり株式会社' };
  const corporation = await running.people.corporationExists(green);
  const blue = { corporateNumber: '82', name: 'あお株式会社' };
  const other = await running.people.corporationExists(blue);
  await log('early', '2030-01-01T14:59:59Z', corporation.id);
  await log('in time', '2030-01-01T15:00:00Z', corporation.id);
  await log('of others', '2030-01-01T15:00:00Z', other.id);
  await log('too late', '2030-01-02T15:00:00Z', corporation.id);
  const days = ['--since', '2030-01-02', '--until', '2030-01-03'];
  const lines = await exported('--corporation', '８１', ...days, '--operator', '田村');
  expect(lines.map(entryOf)).toEqual([
    {
      id: expect.stringMatching(/^\d+$/),
      at: '2030-01-01T15:00:00.000Z',
      corporateNumber: '81',
      accountId: null,
      loginId: null,
      act: 'sign-in',
      reason: 'done',
      address: null,
      requestId: 'in time',
      facts: {},
    },
  ]);
  const { rows } = await running.pool.query(
    `select facts from audit_entries where act = 'log-export' and corporation_id = $1`,
    [corporation.id],
  );
  expect(rows).toEqual([{ facts: { operator: '田村', format: 'ndjson' } }]);
});

it('is a CSV file that no spreadsheet takes for formulas', async () => {
  const lines = await exported('--format', 'csv', '--since', '2030-01-01T15:00:00Z');
  expect(lines[0]).toBe(
    '\uFEFF"id","at","corporateNumber","accountId","loginId","act","reason","address",' +
      '"requestId","facts"\r',
  );
  expect(lines[1]).toMatch(/^"\d+","[^"]+","8\d","","","sign-in","done","","[^"]+","\{\}"\r$/);
  const corporation = await running.people.corporationExists({ corporateNumber: '83', name: 'x' });
  await log('=1+1', '2030-01-01T15:00:00Z', corporation.id);
  const own = await exported('--format', 'csv', '--corporation', '83');
  expect(own.join('\n')).toContain(`,"'=1+1",`);
});

it('tells in words, too, who did what', async () => {
  const { corporation, sato } = await companyExists(running);
  await signsIn(running.visitor(), { ...sato, password: 'wrong-2026-one' });
  const typed = ['audit', 'export', '--words', '--corporation', corporation.corporateNumber];
  const { out } = await operator.typesWith({ LANG: 'ja_JP.UTF-8' }, ...typed);
  expect(entryOf(out.split('\n')[0]!)).toMatchObject({
    act: 'sign-in',
    reason: 'password-wrong',
    who: '佐藤 花子 様',
    what: 'ログインしようとしました',
    result: 'できませんでした / パスワードが違いました',
  });
  expect(out).not.toContain('actorName');
  const csv = await operator.types(...typed, '--format', 'csv');
  const [head, first] = csv.out.split('\r\n');
  expect(head).toMatch(/,"facts","who","what","result"$/);
  expect(first).toMatch(/,"佐藤 花子","Tried to sign in","Not done \/ Wrong password"$/);
});

it('tells in the language of the terminal that no company has the number', async () => {
  const typed = ['audit', 'export', '--corporation', '99'];
  const english = await operator.types(...typed);
  expect(english).toEqual({ exitCode: 1, out: '', err: 'No company has the number 99.\n' });
  const japanese = await operator.typesWith({ LANG: 'ja_JP.UTF-8' }, ...typed);
  expect(japanese.err).toBe('法人番号 99 の法人はありません。\n');
});

it.each([
  ['--since', '2026-13-01'],
  ['--since', '2026-02-30'],
  ['--since', '2027-02-29T09:00+09:00'],
  ['--since', '2026-11-02', '--until', '2026-11-02'],
  ['--until', 'yesterday'],
  ['--format', 'xml'],
])('is wrong usage with %j', async (...options) => {
  expect((await operator.types('audit', 'export', ...options)).exitCode).toBe(2);
});

const inShell = (line: string, ...words: string[]) =>
  genkanInShell(line, words, operator.environment);

describe('an output that is not whole', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'genkan-output-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it.each([[['audit', 'export']], [['review', 'list']], [['--help']]])(
    'fails on a full disk: %j',
    async (words) => {
      const { exitCode, err } = await inShell('exec genkan > /dev/full', ...words);
      expect({ exitCode, err }).toEqual({
        exitCode: 1,
        err: 'The output could not be written (ENOSPC); what is there is not whole.\n',
      });
    },
  );

  it('fails where the disk takes a part of the last piece', async () => {
    const file = join(folder, 'log.ndjson');
    const limited = `trap '' XFSZ; ulimit -f 8; exec genkan > ${file}`;
    const { exitCode, err } = await inShell(limited, 'audit', 'export');
    expect({ exitCode, err }).toMatchObject({ exitCode: 1, err: expect.stringContaining('EFBIG') });
    expect((await stat(file)).size).toBe(8 * 512);
  });

  it('is a success when the reader has enough', async () => {
    const line = '{ genkan; echo "exit code $?" >&2; } | head -c 10';
    const { out, err } = await inShell(line, 'audit', 'export');
    expect(out).toHaveLength(10);
    expect(err).toBe('exit code 0\n');
  });
});
