import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../src/root.js';
import { startApp, type RunningApp } from '../support/app.js';
import { Operator } from '../support/command.js';
import { rows as csv } from '../support/master-data.js';
import type { Corporation } from '../support/people.js';
import { asks, entersCode } from '../support/recovery.js';
import { applicant, entersNumbers } from '../support/registration.js';

const FORMER = 'a secret of the tests, which is 32 bytes long or more';
const NEW = 'another secret of the tests, 32 bytes long or even more';

const exchanging = { SECRET_KEY: NEW, SECRET_KEY_PREVIOUS: FORMER };
const bytes = (key: string) => Buffer.from(key);

let running: RunningApp;
let operator: Operator;
let folder: string;
let sakura: Corporation;
beforeEach(async () => {
  running = await startApp();
  operator = new Operator(running);
  folder = await mkdtemp(join(tmpdir(), 'genkan-keys-'));
  sakura = await running.people.corporationExists({
    corporateNumber: '1234567',
    name: '株式会社さくら',
  });
  // The first command adopts the key that the application runs with.
  expect(await operator.types('review', 'list')).toMatchObject({ exitCode: 0, err: '' });
});
afterEach(async () => {
  await running.stop();
  await rm(folder, { recursive: true });
});

/** Everybody's processes get new variables. */
const restarts = (secretKey: string, secretKeyPrevious?: string) =>
  running.restart({
    secretKey: bytes(secretKey),
    secretKeyPrevious: secretKeyPrevious === undefined ? undefined : bytes(secretKeyPrevious),
  });

const rotates = (settings: Record<string, string> = exchanging) =>
  operator.typesWith(settings, 'rotate-key');

/** True when the two numbers lead to the details. */
async function areRight({ corporateNumber, transferAccounts }: Corporation): Promise<boolean> {
  const person = running.visitor();
  await entersNumbers(person, { ...sakura, corporateNumber, transferAccounts });
  return person.page.path.startsWith('/initiate/details');
}

describe('a database', () => {
  it('refuses a key that is not its own with a sentence, for every command', async () => {
    const { exitCode, err } = await operator.typesWith({ SECRET_KEY: NEW }, 'review', 'list');
    expect(exitCode).toBe(1);
    expect(err).toMatch(
      /^SECRET_KEY is not the key of this database: its fingerprint is [\da-f]{16}, and the database was used with [\da-f]{16}\. Give that key\. .*SECRET_KEY_PREVIOUS\.\n$/,
    );
    const other = { SECRET_KEY: NEW, SECRET_KEY_PREVIOUS: `${NEW} as well` };
    expect((await rotates(other)).exitCode).toBe(1);
    expect((await operator.types('review', 'list')).exitCode).toBe(0);
  });

  it('refuses to start with a key that is not its own', async () => {
    const hooks = join(root, 'test/support/sources.js');
    const args = ['--import', hooks, join(root, 'src/main.ts')];
    const own = { ...operator.environment, PATH: process.env.PATH, PORT: '0', HOST: '127.0.0.1' };
    const ended = await new Promise<{ code: unknown; err: string }>((resolve) => {
      const env = { ...own, SECRET_KEY: NEW };
      execFile(process.execPath, args, { env }, (error, _, err) =>
        resolve({ code: error?.code, err }),
      );
    });
    expect(ended).toMatchObject({ code: 1 });
    expect(ended.err).toContain('SECRET_KEY is not the key of this database');
    expect(ended.err).not.toContain('    at ');
  });

  it('takes a new key beside the former one, and starts with either until rotate-key is done', async () => {
    const lists = async (settings: Record<string, string>) =>
      (await operator.typesWith(settings, 'review', 'list')).exitCode;
    const back = { SECRET_KEY: FORMER, SECRET_KEY_PREVIOUS: NEW };
    const former = { SECRET_KEY: FORMER };
    const alone = { SECRET_KEY: NEW };
    for (const settings of [exchanging, former, alone, former, back, alone])
      expect([settings, await lists(settings)]).toEqual([settings, 0]);
    expect((await rotates()).exitCode).toBe(0);
    const { exitCode, err } = await operator.types('review', 'list');
    expect(exitCode).toBe(1);
    expect(err).toMatch(
      /^SECRET_KEY is a former key of this database: its fingerprint is [\da-f]{16}, and "genkan rotate-key" exchanged it for [\da-f]{16}\. Give that key\.\n$/,
    );
    expect(await lists({ SECRET_KEY: NEW })).toBe(0);
    expect(await lists(back)).toBe(0);
    expect(await lists({})).toBe(0);
  });

  it('warns of an instance that has the former key alone, and sends its mails by the others', async () => {
    expect((await operator.typesWith(exchanging, 'review', 'list')).exitCode).toBe(0);
    expect((await operator.types('doctor')).out).toMatch(
      /^warn {2}secrets: SECRET_KEY \([\da-f]{16}\) is being exchanged for [\da-f]{16}/m,
    );
    running.mailbox.behaves(451);
    await operator.types('mail', 'test', 'former@example.jp');
    running.mailbox.behaves('works');
    await restarts(NEW, FORMER);
    await operator.typesWith(exchanging, 'mail', 'retry');
    await running.mailbox.mailTo('former@example.jp');
  });
});

describe('genkan rotate-key', () => {
  it('wants the former key', async () => {
    const { exitCode, err } = await operator.types('rotate-key');
    expect({ exitCode, err }).toEqual({
      exitCode: 1,
      err: 'Give the former key as SECRET_KEY_PREVIOUS.\n',
    });
  });

  it('seals waiting mails anew, so that they go out without the former key', async () => {
    running.mailbox.behaves(451);
    await operator.types('mail', 'test', 'later@example.jp');
    await running.app.close();
    const { exitCode, out } = await rotates();
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^Sealed with the new key: 1$/m);
    expect((await rotates()).out).toMatch(/^Sealed with the new key: 0$/m);
    running.mailbox.behaves('works');
    const retried = await operator.typesWith({ SECRET_KEY: NEW }, 'mail', 'retry');
    expect(retried.exitCode).toBe(0);
    Object.assign(running.config, { secretKey: bytes(NEW) });
    await running.start();
    expect((await running.mailbox.mailTo('later@example.jp')).subject).toContain('確認');
  });

  it('keeps transfer accounts provable, and says that they wait for the next import', async () => {
    await restarts(NEW, FORMER);
    expect(await areRight(sakura)).toBe(true);
    expect((await rotates()).out).toMatch(
      /^1 transfer accounts of 1 companies wait for the next "genkan import-corporations"\.\nKeep SECRET_KEY_PREVIOUS until then\.$/m,
    );
    const file = join(folder, 'master-data.csv');
    await writeFile(
      file,
      csv('1234567,株式会社さくら,,0012345,', '1234567,株式会社さくら,,0054321,'),
    );
    const imported = await operator.typesWith(exchanging, 'import-corporations', file);
    expect(imported.out).toContain('1 new transfer accounts');
    expect((await rotates()).out).toContain('Nothing waits. SECRET_KEY_PREVIOUS can go.');
    await restarts(NEW);
    expect(await areRight(sakura)).toBe(true);
    expect(await areRight({ ...sakura, transferAccounts: ['0054321'] })).toBe(true);
    const { rowCount } = await running.pool.query('select from transfer_accounts');
    expect(rowCount).toBe(2);
  });

  it('goes on voiding recoveries that were asked for before', async () => {
    const name = '佐藤 花子';
    const sato = applicant('sato');
    const sakuras = () => running.visitor({ address: '10.77.0.5' });
    await running.people.administratorExists({ corporation: sakura, loginId: 'sato', name });
    await asks(sakuras(), sato.email);
    const link = running.mailbox.linkIn(await running.mailbox.mailTo(sato.email));
    await restarts(NEW, FORMER);
    expect((await rotates()).out).toMatch(/^Sealed with the new key: 1$/m);
    await restarts(NEW);
    await asks(sakuras(), sato.email);
    await running.mailbox.mailTo(sato.email);
    const late = running.visitor();
    await late.opens(link);
    expect(late.page.status).toBe(410);
  });

  it('keeps codes of recoveries working while the former key is given', async () => {
    const name = '佐藤 花子';
    const { email } = applicant('sato');
    await running.people.administratorExists({ corporation: sakura, loginId: 'sato', name });
    const person = running.visitor();
    await asks(person, email);
    const [, code = ''] = /コード：(\S+)/.exec((await running.mailbox.mailTo(email)).text)!;
    await restarts(NEW, FORMER);
    await entersCode(person, code);
    expect(person.page.path).toMatch(/^\/password-reset\/numbers/);
  });
});
