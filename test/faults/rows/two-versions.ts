import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { root } from '../../../src/root.js';
import type { Application } from '../application.js';
import { startCrossing } from '../balancer.js';
import { check, type Fault } from '../fault.js';
import { formerVersion, type FormerVersion } from '../former-version.js';
import { handOver } from '../hand-over.js';
import { mailReaders } from '../mail-readers.js';
import { checkStaticFiles } from '../static-files.js';
import type { Stage } from '../stage.js';
import { TwoVersionFlows } from '../two-version-flows.js';

const COMPANIES = [0, 1, 2, 3].map((n) => `${8_000_000 + n},Company ${n},カイシャ,7000000,`);
const HEADER = 'corporate_number,name,name_kana,transfer_account_number,billing_email';
const SETTINGS = { IP_ALLOW_PRIVATE: 'true' };

export const fault: Fault = {
  must: 'two versions on one database during an update: both work, also their styles and scripts',
  async run(stage) {
    const former = await formerVersion();
    await beginWith(former, stage);
    const older = await stage.startApplication(SETTINGS, former.folder);
    // As in an update: it migrates beside the running one.
    const newer = await stage.startApplication(SETTINGS);
    await importCompanies(stage);
    const seen = await runFlows(stage, older, newer);
    const { files, missing } = await checkStaticFiles([older, newer], older);
    const handed = await handOver(stage, older, newer, (folder) =>
      stage.startApplication(SETTINGS, folder),
    );
    return [
      `${former.name} beside this version: ${seen}`,
      `${files} static files from both${missing > 0 ? `, ${missing} by the proxy's rule` : ''}`,
      handed,
      await mailsOnce(stage),
    ].join('; ');
  },
};

/** The row's database as the first start of the former version leaves it. */
async function beginWith({ folder }: FormerVersion, stage: Stage): Promise<void> {
  const url = new URL(stage.database.url);
  const name = url.pathname.slice(1);
  url.pathname = '/postgres';
  const client = new Client(url.href);
  await client.connect();
  await client.query(`drop database ${name} with (force)`);
  await client.end();
  await stage.database.stop();
  const demo = await stage.startDemo(folder);
  check((await demo.stop()) === 0, 'the former version does not end well');
  await stage.database.start();
}

async function importCompanies(stage: Stage): Promise<void> {
  const file = join(stage.folder, 'companies.csv');
  await writeFile(file, [HEADER, ...COMPANIES].join('\n'));
  const words = [join(root, 'dist/src/cli.js'), 'import-corporations', file];
  const env = { PATH: process.env.PATH, ...stage.environment };
  await promisify(execFile)(process.execPath, words, { cwd: root, env });
}

/** All flows four times: each instance draws the pages of either. */
async function runFlows(stage: Stage, older: Application, newer: Application): Promise<string> {
  const { pool, mailbox } = stage;
  const administrators = await mailReaders(pool, COMPANIES.length, 'administrator');
  const pairs = [
    [older, newer],
    [newer, older],
    [older, older],
    [newer, newer],
  ] as const;
  for (const [run, [page, post]] of pairs.entries()) {
    const proxy = await startCrossing(page.port, post.port);
    stage.atEnd(() => proxy.end());
    const flows = new TwoVersionFlows(pool, mailbox, `http://localhost:${proxy.port}`, run);
    const name = (one: Application) => (one === older ? 'old' : 'new');
    await flows.all(administrators[run]!.split('@')[0]!).catch((error: Error) => {
      error.message = `page ${name(page)}, post ${name(post)}: ${error.message}`;
      throw error;
    });
  }
  const faults = [...older.faults, ...newer.faults];
  check(faults.length === 0, faults.join('\n'));
  return `8 flows in ${pairs.length} pairs of page and post`;
}

async function mailsOnce({ pool, mailbox }: Stage): Promise<string> {
  await mailbox.everythingIsSent();
  const { rows } = await pool.query<{ state: string; count: number }>(
    'select state, count(*)::int from mail_deliveries group by state',
  );
  const states = rows.map(({ state, count }) => `${count} ${state}`).join(', ');
  const came = mailbox.all().length;
  const names = new Set(mailbox.all().map(({ messageId }) => messageId)).size;
  const isOnce = rows.length === 1 && rows[0]!.count === came && names === came;
  check(isOnce, `${states}; ${came} came, ${names} different ones`);
  return `${came} mails, each once`;
}
