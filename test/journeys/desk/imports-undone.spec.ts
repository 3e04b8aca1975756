import { setTimeout as delay } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import { lockNumber } from '../../../src/database/advisory-locks.js';
import { ImportRuns } from '../../../src/desk/imports/import-runs.js';
import {
  forgetCompanies,
  isThrough,
  leadAtDesk,
  readsFileOfOther,
  uploads,
  type DeskStage,
} from '../../support/desk-imports.js';
import { pressesAtDesk } from '../../support/desk.js';
import { Imports } from '../../support/imports.js';
import { rows, SAKURA } from '../../support/master-data.js';

const STOPPED = '取り込みが途中で終わりました。何も変更していません。もう一度、取り込めます。';

let stage: DeskStage;
let stored: Imports;
beforeAll(async () => {
  stage = await leadAtDesk();
  stored = new Imports(stage.running);
});
afterAll(() => stage.running.stop());
beforeEach(() => forgetCompanies(stage));

const idOnPage = () => stage.lead.page.path.split('/').at(-1)!;

/** Somebody else holds what the import needs, until the story goes on. */
async function whileItWaits(story: (pid: number) => Promise<void>): Promise<void> {
  const other = await stage.running.pool.connect();
  try {
    await other.query('begin');
    await other.query('lock table transfer_accounts in access exclusive mode');
    await pressesAtDesk(stage.lead, '取り込む');
    await story(await waiting(other));
  } finally {
    await other.query('rollback');
    other.release();
  }
}

/** The server's process that works on the import. */
async function waiting(client: PoolClient): Promise<number> {
  for (let looks = 0; looks < 200; looks += 1) {
    const { rows: found } = await client.query<{ pid: number }>(
      `select pid from pg_locks where not granted and relation = 'transfer_accounts'::regclass`,
    );
    if (found[0]) return found[0].pid;
    await delay(10);
  }
  throw new Error('The import does not wait');
}

async function areJobsOver(): Promise<void> {
  for (let looks = 0; looks < 400; looks += 1) {
    const { rowCount } = await stage.running.pool.query(
      `select from graphile_worker.jobs where task_identifier = 'desk-import'`,
    );
    if (rowCount === 0) return;
    await delay(10);
  }
  throw new Error('A job is still at work');
}

async function isUndoneAndCanBeDone(): Promise<void> {
  const { lead } = stage;
  await lead.reloads();
  await isThrough(lead);
  expect(lead.page.text).toContain(STOPPED);
  expect((await stored.stored()).corporations).toEqual([]);
  await pressesAtDesk(lead, '取り込む');
  await isThrough(lead);
  expect(lead.page.text).toContain('取り込みました');
  expect((await stored.stored()).corporations).toHaveLength(1);
}

it('leaves nothing when its connection ends in the middle, says so, and can be pressed again', async () => {
  await uploads(stage.lead, rows(SAKURA));
  await whileItWaits(async (pid) => {
    await stage.running.pool.query('select pg_terminate_backend($1)', [pid]);
  });
  await isUndoneAndCanBeDone();
});

it('says that its time was over, and what helps', async () => {
  await uploads(stage.lead, rows(SAKURA));
  await whileItWaits(async (pid) => {
    // As the server does it at the end of the time that a statement may take.
    await stage.running.pool.query('select pg_cancel_backend($1)', [pid]);
    await areJobsOver();
  });
  await stage.lead.reloads();
  expect(stage.lead.page.text).toContain('制限時間を超えました');
  await isUndoneAndCanBeDone();
  expect(stage.lead.page.text).not.toContain('制限時間を超えました');
});

it('is taken from a process that was silent for too long, and cannot end there any more', async () => {
  const { lead, running } = stage;
  await uploads(lead, rows(SAKURA));
  const id = idOnPage();
  await whileItWaits(async () => {
    // What the job queue does with the job of a silent runner.
    await running.app.get(ImportRuns).run(id);
    expect((await lead.reloads()).text).toContain(STOPPED);
  });
  await areJobsOver();
  await isUndoneAndCanBeDone();
});

it('holds no company that was there before until its very end', async () => {
  const { lead, running } = stage;
  await stored.done(SAKURA);
  await readsFileOfOther(
    stage,
    rows(SAKURA.replace('商事,', '商店,').replace('0012345', '7654321')),
  );
  await whileItWaits(async () => {
    const held = await running.pool.query('select from corporations for no key update nowait');
    expect(held.rowCount).toBe(1);
  });
  await lead.reloads();
  await isThrough(lead);
  expect(await stored.corporation('1001')).toMatchObject({ name: 'さくら商店' });
});

it('says so when a check did not come to its end', async () => {
  const { lead, running } = stage;
  await uploads(lead, rows(SAKURA));
  const id = idOnPage();
  await running.pool.query(
    `update desk_imports set state = 'checking', holder = gen_random_uuid() where id = $1`,
    [id],
  );
  await running.app.get(ImportRuns).run(id);
  await lead.reloads();
  expect(lead.page.text).toContain('確認が途中で終わりました。何も変更していません。');
  expect(lead.page.html).not.toContain('value="import"');
});

it('waits for the import that a command runs, and says so', async () => {
  const { lead, running } = stage;
  const other = await running.pool.connect();
  try {
    await other.query('begin');
    await other.query('select pg_advisory_xact_lock($1)', [lockNumber('master-data-import')]);
    await lead.opens('/desk/imports');
    lead.attaches('CSVファイル', Buffer.from(rows(SAKURA)));
    await lead.presses('ファイルの内容を確認する');
    const seen = new Set<string>();
    for (let looks = 0; looks < 100 && !seen.has('順番を待っています'); looks += 1) {
      await delay(20);
      await lead.reloads();
      if (lead.page.text.includes('順番を待っています')) seen.add('順番を待っています');
    }
    expect([...seen]).toEqual(['順番を待っています']);
  } finally {
    await other.query('rollback');
    other.release();
  }
  await isThrough(lead);
  expect(lead.page.text).toContain('取り込むと、次のようになります');
});

it('is refused, and not half done, when its file is not whole any more', async () => {
  const { lead, running } = stage;
  await uploads(lead, rows(SAKURA, '1002,すみれ,,1,'));
  await running.pool.query('update desk_imports set digest = $2 where id = $1', [
    idOnPage(),
    'f'.repeat(64),
  ]);
  await pressesAtDesk(lead, '取り込む');
  await isThrough(lead);
  expect(lead.page.text).toContain(STOPPED);
  expect((await stored.stored()).corporations).toEqual([]);
});

it('waits in the database sealed, and is gone when it is imported', async () => {
  const { lead, running } = stage;
  await uploads(lead, rows(SAKURA));
  const pieces = async () =>
    (
      await running.pool.query<{ sealed_bytes: Buffer }>(
        'select sealed_bytes from desk_import_pieces where run_id = $1',
        [idOnPage()],
      )
    ).rows;
  const [piece] = await pieces();
  expect(piece!.sealed_bytes.includes(Buffer.from('さくら'))).toBe(false);
  await pressesAtDesk(lead, '取り込む');
  await isThrough(lead);
  expect(await pieces()).toEqual([]);
});
