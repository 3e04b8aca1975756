import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { root } from '../../src/root.js';
import { Visitor } from '../support/browser.js';
import { emptyDatabase, type DatabaseCopy } from '../support/database.js';
import { signsIn } from '../support/registration.js';

const port = 20_000 + ((process.pid + 7_000) % 20_000);

let folder: string;
let database: DatabaseCopy;
let server: ChildProcess;
let environment: NodeJS.ProcessEnv;

/** Other specs run the sources; this one runs what the build makes of them. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'genkan-built-'));
  for (const part of ['bin', 'src', 'mikro-orm.config.ts', 'package.json'])
    await cp(join(root, part), join(folder, part), { recursive: true });
  for (const part of ['node_modules', 'static', 'views'])
    await symlink(join(root, part), join(folder, part));
  await promisify(execFile)(process.execPath, [join(folder, 'bin/build.js')]);
  database = await emptyDatabase();
  environment = {
    ...process.env,
    DATABASE_URL: database.url,
    PORT: String(port),
    HOST: '127.0.0.1',
    PUBLIC_URL: 'https://front.example.jp',
    SECRET_KEY: 'a secret of the tests, which is 32 bytes long or more',
    SMTP_URL: 'smtp://127.0.0.1:9',
    MAIL_FROM: 'noreply@front.example.jp',
    OPERATOR_NAME: 'げんかん不動産株式会社',
    DESK_MAIL: 'desk@front.example.jp',
    DESK_PHONE: '03-0000-0000',
    DRAIN_SECONDS: '0',
  };
  server = spawn(process.execPath, [join(folder, 'dist/src/main.js')], {
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(createInterface({ input: server.stdout! }), 'line');
});
afterAll(async () => {
  if (server.exitCode === null) {
    server.kill('SIGTERM');
    await once(server, 'exit');
  }
  await database.drop();
  await rm(folder, { recursive: true });
});

describe('the built program', () => {
  it('migrates an empty database, draws pages and compares passwords', async () => {
    const visitor = new Visitor(`http://127.0.0.1:${port}`);
    await signsIn(visitor, { loginId: 'nobody.here', password: 'wrong-9876' });
    expect(visitor.page.text).toContain('ログインできませんでした');
  });

  it('does what a command asks', async () => {
    const words = [join(folder, 'dist/src/cli.js'), 'audit', 'verify'];
    const verified = promisify(execFile)(process.execPath, words, { env: environment });
    await expect(verified).rejects.toThrow('There are no seals yet.');
  });
});
