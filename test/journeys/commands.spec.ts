import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApp, type RunningApp } from '../support/app.js';
import { genkan, Operator } from '../support/command.js';
import { TAMURA } from '../support/desk-people.js';
import { rows, SAKURA } from '../support/master-data.js';
import { appliesByMail, isUsed, provesBehind } from '../support/proof.js';
import { activates, applicant, signsIn } from '../support/registration.js';

const NOBODY_LISTENS = '127.0.0.1:1';

let running: RunningApp;
let operator: Operator;
/** The same, with a process of its own for each command. */
let apart: Operator;
let folder: string;
beforeAll(async () => {
  running = await startApp();
  operator = new Operator(running);
  apart = new Operator(running, genkan);
  folder = await mkdtemp(join(tmpdir(), 'genkan-commands-'));
});
afterAll(async () => {
  await running.stop();
  await rm(folder, { recursive: true });
});

describe('a command line', () => {
  it.each([[[]], [['unknown']], [['mail']], [['mail', 'test', 'nobody']], [['review', 'grant']]])(
    'is wrong usage without all it needs: %j',
    async (words) => {
      const { exitCode, out, err } = await apart.types(...words);
      expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
      expect(err).toContain('Usage: genkan');
    },
  );

  it('explains itself', async () => {
    const { exitCode, out } = await apart.types('--help');
    expect(exitCode).toBe(0);
    expect(out).toMatch(/migrate[^]*import-corporations[^]*mail[^]*review[^]*doctor/);
  });
});

describe('every command', () => {
  it('names each wrong variable in a line of its own', async () => {
    const { DATABASE_URL = '' } = operator.environment;
    const { exitCode, err } = await genkan(['migrate'], { DATABASE_URL, SECRET_KEY: 'short' });
    expect(exitCode).toBe(1);
    expect(err).toMatch(/^SECRET_KEY: must have at least 32 bytes$/m);
    expect(err).toMatch(/^PUBLIC_URL: is required with DATABASE_URL/m);
    expect(err).not.toContain('    at ');
  });

  it('says in a sentence that the database is away', async () => {
    const settings = { DATABASE_URL: `postgres://genkan:hidden@${NOBODY_LISTENS}/genkan` };
    const { exitCode, err } = await apart.typesWith(settings, 'review', 'list');
    expect(exitCode).toBe(1);
    expect(err).toBe('The database does not answer (ECONNREFUSED). Check DATABASE_URL.\n');
  });
});

describe('genkan migrate', () => {
  it('makes an empty database ready, which the other commands only ask for', async () => {
    const url = new URL(operator.environment.DATABASE_URL!);
    const name = `${url.pathname.slice(1)}_empty`;
    await running.pool.query(`create database ${name}`);
    url.pathname = `/${name}`;
    const settings = { DATABASE_URL: url.href };

    const early = await operator.typesWith(settings, 'mail', 'retry');
    expect(early.exitCode).toBe(1);
    expect(early.err).toMatch(
      /^The database lacks \d+ migrations\. Run "genkan migrate" first\.\n$/,
    );
    expect((await operator.typesWith(settings, 'doctor')).out).toMatch(
      /^fail {2}database: \d+ mig/m,
    );
    const migrated = await apart.typesWith(settings, 'migrate');
    expect(migrated.exitCode).toBe(0);
    expect(migrated.out).toContain('Migrated 001-companies-and-people.\n');
    const again = await operator.typesWith(settings, 'migrate');
    expect(again).toEqual({ exitCode: 0, out: 'The database is up to date.\n', err: '' });
    await running.pool.query(`drop database ${name} with (force)`);
  });
});

describe('genkan import-corporations', () => {
  it('reports and changes nothing in a dry run, then does it', async () => {
    const path = await fileOf(SAKURA);
    const dry = await operator.types('import-corporations', path, '--dry-run');
    expect(dry).toMatchObject({ exitCode: 0, out: expect.stringContaining('1 new') });
    expect(await companiesNamed('1001')).toBe(0);
    const real = await apart.types('import-corporations', path);
    expect(real).toMatchObject({ exitCode: 0, out: expect.stringMatching(/^Imported\.\n/) });
    expect(await companiesNamed('1001')).toBe(1);
  });

  it('refuses a bad row by its line, and a file that is not there', async () => {
    const bad = await operator.types('import-corporations', await fileOf(SAKURA, '1002,,,1,'));
    expect(bad).toMatchObject({ exitCode: 1, out: '' });
    expect(bad.err).toMatch(/^line 3: .+\nNothing was changed\.\n$/);
    const absent = await operator.types('import-corporations', join(folder, 'absent.csv'));
    expect(absent).toMatchObject({ exitCode: 1, err: expect.stringContaining('ENOENT') });
  });
});

describe('genkan review', () => {
  it('lists what waits, and a granted applicant gets in', async () => {
    await isUsed(running, 10, 'proof:company:7654321', 'proof:mail:others:7654321');
    const keyaki = { corporateNumber: '7654321', name: 'けやき株式会社' };
    const company = await running.people.corporationExists(keyaki);
    const sato = running.visitor();
    const entered = applicant('review.keyaki');
    await provesBehind(await appliesByMail(running, company, entered, sato), sato);
    const caseNumber = sato.page.facts.受付番号!;
    expect((await operator.types('review', 'list')).out).toMatch(
      new RegExp(
        `^${caseNumber} .* 7654321 {2}けやき株式会社 {2}佐藤 花子 {2}r…@example.jp {2}from [\\d.]+ .[\\d.]+.24.$`,
        'm',
      ),
    );
    await running.mailbox.mailTo(entered.email);

    const granted = await operator.types('review', 'grant', caseNumber.toLowerCase(), ...TAMURA);
    expect(granted).toMatchObject({ exitCode: 0, err: '' });
    const again = await operator.types('review', 'grant', caseNumber, ...TAMURA);
    expect(again).toMatchObject({ exitCode: 1, err: expect.stringContaining('no open case') });
    await activates(sato, await linkFor(entered.email));
    await signsIn(sato, entered);
    expect(sato.page.path).toBe('/');
  });
});

/** The application's links lead to its own address, the command's to that of its environment. */
async function linkFor(email: string): Promise<string> {
  const link = running.mailbox.linkIn(await running.mailbox.mailTo(email));
  expect(link).toMatch(/^https:\/\/front\.example\.jp\/activation\//);
  return new URL(link).pathname;
}

async function fileOf(...lines: string[]): Promise<string> {
  const path = join(folder, 'master-data.csv');
  await writeFile(path, rows(...lines));
  return path;
}

async function companiesNamed(corporateNumber: string): Promise<number> {
  const text = 'select from corporations where corporate_number = $1';
  return (await running.pool.query(text, [corporateNumber])).rowCount!;
}
