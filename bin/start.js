#!/usr/bin/env node
import { exitLike, prepare, run, spawnNode } from './prepare.js';

const main = 'dist/src/main.js';

prepare();
if (!process.env.DATABASE_URL && !process.env.DATABASE_URL_FILE) {
  process.env.APPLICATIONS_FILE ??= 'docs/samples/applications.json';
  process.env.NOTICES_FILE ??= 'docs/samples/notices.json';
}
if (process.argv.includes('--watch')) await watch();
else await run(main, process.argv.slice(2));

/** Compiles what is saved, and starts again when something compiled or drawn has changed. */
async function watch() {
  const folders = ['dist/src/bundle', 'views', 'static'].map((folder) => `--watch-path=${folder}`);
  const ends = await Promise.all([
    spawnNode(['--watch', '--watch-preserve-output', '--watch-path=src', 'bin/build.js']),
    spawnNode(['--watch', '--watch-preserve-output', ...folders, main]),
  ]);
  exitLike(Math.max(...ends));
}
