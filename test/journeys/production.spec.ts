import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Pool } from 'pg';
import { TransferAccountDigest } from '../../src/corporations/transfer-account-digest.js';
import { readConfig } from '../../src/read-config.js';
import { root } from '../../src/root.js';
import { Visitor } from '../support/browser.js';
import { copyDatabase, type DatabaseCopy } from '../support/database.js';
import { Mailbox } from '../support/mailbox.js';
import { activates, applicant, registers, signsIn } from '../support/registration.js';
import { until } from '../support/until.js';

const PUBLIC = 'https://front.example.jp';
const SECRET = 'a secret of the tests, which is 32 bytes long or more';
const sato = applicant('sato.hanako', { email: 'hanako.private@example.jp' });

let database: DatabaseCopy;
let pool: Pool;
let mailbox: Mailbox;
let server: ChildProcess;
let port: number;
const lines: string[] = [];
const proxyWarnings = () => lines.filter((line) => line.includes('TRUST_PROXY is not given'));

/** The program as an operator runs it: a process of its own, behind https, with its log on stdout. */
beforeAll(async () => {
  database = await copyDatabase();
  pool = new Pool({ connectionString: database.url, max: 2 });
  mailbox = await Mailbox.start(pool);
  port = 20_000 + (process.pid % 20_000);
  const hooks = join(root, 'test/support/sources.js');
  server = spawn(process.execPath, ['--import', hooks, join(root, 'src/main.ts')], {
    env: {
      ...process.env,
      DATABASE_URL: database.url,
      SMTP_URL: mailbox.url,
      PUBLIC_URL: PUBLIC,
      HOST: '127.0.0.1',
      PORT: String(port),
      SECRET_KEY: SECRET,
      MAIL_FROM: 'noreply@front.example.jp',
      OPERATOR_NAME: 'げんかん不動産株式会社',
      DESK_MAIL: 'desk@front.example.jp',
      DESK_PHONE: '03-0000-0000',
      LOG_LEVEL: 'debug',
      DRAIN_SECONDS: '0',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const stdout = createInterface({ input: server.stdout! });
  stdout.on('line', (line) => lines.push(line));
  await once(stdout, 'line');
  await companyExists();
});
afterAll(async () => {
  if (server.exitCode === null) {
    server.kill('SIGTERM');
    await once(server, 'exit');
  }
  await mailbox.goesDown();
  await pool.end();
  await database.drop();
});

async function companyExists(): Promise<void> {
  const numbers = { corporateNumber: '1234567', transferAccountNumber: '0012345' };
  const digest = new TransferAccountDigest(readConfig({ SECRET_KEY: SECRET })).of(numbers);
  await pool.query(
    `with c as (insert into corporations (corporate_number, name, name_kana)
       values ('1234567', '株式会社さくら', '') returning id)
     insert into transfer_accounts (corporation_id, digest, last_digits) select id, $1, '345' from c`,
    [digest],
  );
}

const sakura = { id: '', corporateNumber: '1234567', name: '', transferAccounts: ['0012345'] };

describe('behind https', () => {
  let token: string;
  let sato1: Visitor;

  it('the whole chapter works, with links that begin with the public address', async () => {
    sato1 = person();
    await registers(sato1, { ...sakura, transferAccounts: ['7654321'] }, sato).catch(() => null);
    await registers(sato1, sakura, sato);
    const link = mailbox.linkIn(await mailbox.mailTo(sato.email));
    expect(link).toMatch(new RegExp(`^${PUBLIC}/activation/`));
    token = link.split('/').at(-1)!;
    await activates(sato1, link.replace(PUBLIC, `http://127.0.0.1:${port}`));
    await signsIn(sato1, { ...sato, password: 'wrong-9876' });
    await signsIn(sato1, sato);
    expect(sato1.page.header).toContain('佐藤 花子 様');
    await sato1.sends('GET', '/nowhere?email=hanako.private@example.jp');
    await sato1.sends('POST', '/login', { fields: { 'loginId[]': 'hanako.private@example.jp' } });
  });

  it('every cookie bears the prefix of its host and goes over https only', async () => {
    const cookies = [...sato1.jar.cookies];
    expect(cookies.length).toBeGreaterThanOrEqual(3);
    for (const [name, { attributes }] of cookies) {
      expect(name).toMatch(/^__Host-/);
      expect(attributes).toMatch(/path=\/;.*httponly; secure; samesite=lax$/);
      expect(attributes).not.toContain('domain');
    }
    const { headers } = await person().sends('GET', '/login');
    expect(headers['strict-transport-security']).toMatch(/^max-age=63072000/);
  });

  it('the log is one JSON object a line, with the number of each request', async () => {
    const answer = await person().sends('GET', '/help');
    const requestId = String(answer.headers['x-request-id']);
    // The line comes through a pipe, after the answer.
    await until(() => lines.some((line) => line.includes(requestId)));
    const last = lines.find((line) => line.includes(requestId))!;
    expect(JSON.parse(last)).toMatchObject({ requestId, method: 'GET', path: '/help' });
  });

  it('the log holds no password, link, session, number or mail address', async () => {
    const log = lines.join('\n');
    expect(log).toContain('"path":"/activation/…"');
    const secrets = [
      sato.password,
      'wrong-9876',
      token,
      'hanako.private',
      '1234567',
      '0012345',
      '7654321',
      ...[...sato1.jar.cookies].map(([, { value }]) => value),
    ];
    for (const secret of secrets) expect([secret, log.includes(secret)]).toEqual([secret, false]);
  });

  it('a fault is told with its place, and without the row that it is about', async () => {
    await pool.query(
      `alter table accounts add constraint not_this check (phone <> '03-9999-1234')`,
    );
    const fields = { name: '佐藤 花子', nameKana: 'サトウ', department: '', phone: '03-9999-1234' };
    expect((await sato1.sends('POST', '/me/profile', { fields })).status).toBe(500);
    const told = () => lines.find((line) => line.includes('not_this'));
    await until(() => told() !== undefined);
    expect(JSON.parse(told()!)).toMatchObject({
      err: {
        code: '23514',
        constraint: 'not_this',
        stack: expect.stringMatching(/^ +at /),
      },
    });
    const secrets = /hanako\.private|9999-1234|argon2id/;
    expect(lines.filter((line) => secrets.test(line))).toEqual([]);
  });

  it('restricted addresses behind a proxy that nobody named are warned of, once', async () => {
    await pool.query(
      `insert into ip_versions (corporation_id, number, restricts, author_name, confirmed_at)
       select id, 1, false, '', genkan_now() from corporations`,
    );
    const headers = { 'x-forwarded-for': '198.51.100.7' };
    for (let times = 0; times < 3; times += 1) {
      await person().sends('GET', '/login', { headers });
      await until(() => proxyWarnings().length !== 0);
    }
    expect(proxyWarnings()).toHaveLength(1);
  });

  it('a signal stops it cleanly', async () => {
    server.kill('SIGTERM');
    expect(await once(server, 'exit')).toEqual([0, null]);
  });
});

const person = () => new Visitor(`http://127.0.0.1:${port}`);
