/**
 * `npm run bench [-- --quick] [--json] [--compare FILE] [--only <part>] [--refusals <count>]`: the figures,
 * each beside its limit. Parts: running, starts, floods, equal, list, search, replay, hostile, of which `--only` may name several;
 * log, which fills gigabytes, and day (`test/day`) by name alone. FILE is what a run with `--json` printed; the exit code is 1 where something is worse.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { EmbeddedPostgres } from '../../src/database/embedded.ts';
import { accountList } from './account-list.ts';
import { Application } from './application.ts';
import { keptRows } from './compare.ts';
import { productionDependencies } from './dependencies.ts';
import { deskSearch } from './desk-search.ts';
import { measureEqualTimes } from './equal-times.ts';
import { addFactorPeople } from './factor-people.ts';
import { firstVisit } from './first-visit.ts';
import { measureFloods } from './floods.ts';
import { hostileBodies } from './hostile-bodies.ts';
import { installationIn } from './installation.ts';
import { startLimit } from './limits.ts';
import { measureLog } from './log-pages.ts';
import { proportionalOf, residentOf } from './processes.ts';
import { replay } from './replay.ts';
import { logins, pages, signedIn, storm, warmUpSignIns, type Bench } from './rounds.ts';
import { report } from './report.ts';
import { number } from './rows.ts';
import { Samples } from './samples.ts';
import type { Round, Stage } from './stage.ts';

const ROUNDS = 3;
const WITHIN = 25 * 60_000;
const USUAL = ['running', 'starts', 'floods', 'equal', 'list', 'search', 'replay', 'hostile'];
const PARTS = [...USUAL, 'log'];
const EMBEDDED = new URL('../../dist/src/database/embedded.js', import.meta.url);

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean' },
    json: { type: 'boolean' },
    compare: { type: 'string' },
    only: { type: 'string', multiple: true },
    refusals: { type: 'string' },
  },
});
const parts = options.only ?? USUAL;
const unknown = parts.find((part) => !PARTS.includes(part));
if (unknown) {
  console.error(`There is no part "${unknown}", only ${PARTS.join(', ')}`);
  process.exit(2);
}
const kept = options.compare ? await keptRows(options.compare) : undefined;
const seconds = options.quick ? 0.7 : 2.5;
const cleanUps: (() => unknown)[] = [];
const samples = new Samples();
const tell = (step: string) => console.error(`bench: ${step} …`);
const weights = productionDependencies();

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void cleanUp().then(() => process.exit(1)));
setTimeout(() => void cleanUp().then(() => process.exit(1)), WITHIN).unref();
try {
  await measure();
  report({ samples, weights, rounds: ROUNDS, kept, json: options.json, only: !!options.only });
} finally {
  await cleanUp();
}

/** Nothing of ours goes on running, and nothing stays on the disk. */
async function cleanUp(): Promise<void> {
  for (const step of cleanUps.splice(0).toReversed()) await step();
}

async function measure(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'genkan-bench-'));
  cleanUps.push(() => rm(folder, { recursive: true, force: true }));
  const { EmbeddedPostgres } = (await import(EMBEDDED.href)) as {
    EmbeddedPostgres: new (folder: string) => EmbeddedPostgres;
  };
  // The application finds this server running and shares it with the raw select.
  const database = new EmbeddedPostgres(folder);
  cleanUps.push(() => database.stop());
  await database.start('bench');
  if (parts.includes('running')) await measureRunning(folder, database);
  if (parts.includes('starts')) await measureStarts(folder, database);
  if (USUAL.slice(2).some((part) => parts.includes(part))) await measureFilled(folder, database);
  if (parts.includes('log'))
    await measureLog(await database.start('log'), samples, options.quick ? 100_000 : 10_000_000);
  if (!options.only) samples.add({ dependencies: weights.reduce((sum, { mib }) => sum + mib, 0) });
}

/** An installation, with the people of the demo. */
async function measureRunning(folder: string, database: EmbeddedPostgres): Promise<void> {
  await (await startApplication(folder)).stop();
  await database.start();
  const application = await startApplication(folder, await installationIn(folder, database));
  const limits = {
    http: await startLimit('http'),
    express: await startLimit('express'),
    select: await startLimit('select', await database.start('bench')),
  };
  for (const limit of Object.values(limits)) cleanUps.push(() => limit.stop());
  const postmaster = await readFile(join(folder, 'postgres/postmaster.pid'), 'utf8');
  const cookie = await application.signIn();
  const visit = await firstVisit(application.port, '/login');
  samples.add({ visitBytes: visit.bytes, visitRequests: visit.requests });
  rememberMemory('idle', application);

  const bench: Bench = {
    application,
    limits,
    cookie,
    factorPeople: await addFactorPeople(await database.start(), folder),
    samples,
    seconds,
    postgresPid: Number.parseInt(postmaster, 10),
  };
  tell('warming up');
  const warmUp = { ...bench, seconds: 0.7, samples: new Samples() };
  for (const part of [pages, signedIn, logins]) await part(warmUp);
  if (!options.quick) await warmUpSignIns(bench);
  for (let round = 1; round <= ROUNDS; round += 1) {
    tell(`round ${round} of ${ROUNDS}`);
    for (const part of [pages, signedIn, logins, storm]) await part(bench);
  }
  rememberMemory('stormed', application);
  for (const limit of Object.values(limits)) await limit.stop();
  await application.stop();
}

function rememberMemory(when: string, { pid, hashPid }: Application): void {
  samples.add({
    [`${when}App`]: residentOf(pid),
    [`${when}Hash`]: residentOf(hashPid),
    [`${when}Shared`]: proportionalOf(pid) + proportionalOf(hashPid),
  });
}

/** With a PostgreSQL that runs already, as in an installation, and with the demo's own one. */
async function measureStarts(folder: string, database: EmbeddedPostgres): Promise<void> {
  tell('starts');
  for (let round = 0; round < ROUNDS; round += 1) {
    const application = await startApplication(folder);
    samples.add({ startEmbedded: application.startTime });
    await application.stop();
  }
  const installation = await installationIn(folder, database);
  for (let round = 0; round < ROUNDS; round += 1) {
    const application = await startApplication(folder, installation);
    samples.add({ start: application.startTime });
    await application.stop();
  }
}

/** Last, because it leaves gigabytes in the database. */
async function measureFilled(folder: string, database: EmbeddedPostgres): Promise<void> {
  // The application brings its database and its people, and ends a server that it started itself.
  await database.start('bench');
  const application = await startApplication(folder);
  const databaseUrl = await database.start();
  const select = await startLimit('select', await database.start('bench'));
  cleanUps.push(() => select.stop());
  const stage: Stage = { application, databaseUrl, select, seconds };
  if (parts.includes('floods')) await measureFloods(stage, samples, options);
  if (parts.includes('equal')) await measureEqualTimes(stage, samples, options);
  const measured: Round[] = [];
  if (parts.includes('list')) {
    const people = options.quick ? 100_000 : 1_000_000;
    tell(`a company of ${number(people)} people`);
    measured.push(await accountList(stage, samples, people));
  }
  if (parts.includes('search')) {
    const people = options.quick ? 100_000 : 1_000_000;
    tell(`a desk with ${number(people)} people`);
    measured.push(await deskSearch(stage, people));
  }
  if (parts.includes('replay')) measured.push(await replay(stage));
  if (parts.includes('hostile')) measured.push(await hostileBodies(stage));
  for (let round = 0; round <= ROUNDS; round += 1) {
    tell(round === 0 ? 'warming up' : `large companies, round ${round} of ${ROUNDS}`);
    for (const measure of measured) await measure(round === 0 ? new Samples() : samples);
  }
  await select.stop();
  await application.stop();
}

async function startApplication(...args: Parameters<typeof Application.start>) {
  const application = await Application.start(...args);
  cleanUps.push(() => application.stop());
  return application;
}
