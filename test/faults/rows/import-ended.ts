import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Pool } from 'pg';
import { root } from '../../../src/root.js';
import { check, type Fault } from '../fault.js';

const COMPANIES = 60_000;
const HEADER = 'corporate_number,name,name_kana,transfer_account_number,billing_email';
const END = `select pg_terminate_backend(pid) from pg_stat_activity
             where application_name = 'genkan' and xact_start < now() - interval '300 milliseconds'`;

export const fault: Fault = {
  must: 'an import whose connection ends: one sentence, exit 1, nothing imported',
  async run(stage) {
    const file = join(stage.folder, 'companies.csv');
    await writeFile(file, [HEADER, ...companies()].join('\n'));
    const before = await count(stage.pool);
    const args = [join(root, 'dist/src/cli.js'), 'import-corporations', file];
    const env = { PATH: process.env.PATH, ...stage.environment };
    const child = spawn(process.execPath, args, { cwd: root, env });
    let words = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (bytes: Buffer) => (words += bytes.toString()));
    const ended = once(child, 'exit');
    let ends = 0;
    while (child.exitCode === null && ends === 0) {
      ends += (await stage.pool.query(END)).rowCount ?? 0;
      await wait(20);
    }
    await ended;
    const { exitCode } = child;
    check(ends > 0, `the import was too fast: ${words}`);
    check(exitCode === 1, `exit code ${exitCode}: ${words}`);
    check(words.trimEnd().split('\n').length === 1 && words.length < 200, words.slice(0, 2_000));
    check((await count(stage.pool)) === before, 'companies were imported');
    return `exit ${exitCode}: ${words.trimEnd()}`;
  },
};

function companies(): string[] {
  return Array.from({ length: COMPANIES }, (_, n) => `${5_000_000 + n},Company ${n},カ,${n},`);
}

async function count(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    'select count(*)::int as count from corporations',
  );
  return rows[0]!.count;
}
