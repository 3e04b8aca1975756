import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { takeBounce } from '../../src/cli/mail-bounce.js';
import { startApp, type RunningApp } from '../support/app.js';
import { qmail, statusReport, vacation } from '../support/bounces.js';
import { genkanInShell, Operator } from '../support/command.js';
import type { Mail } from '../support/mailbox.js';
import { asksElsewhere } from '../support/recovery.js';

const DOMAIN = 'bounce.front.example';
const FORMER = 'a secret of the tests, which is 32 bytes long or more';
const NEW = 'another secret of the tests, 32 bytes long or even more';

const OVER = 'このメールは、不達を記録済みか、送信から7日を過ぎています。何も変更しません。';
const NO_REPORT = '不達の知らせではありません。何も変更しません。';
const UNKNOWN = '返送先のアドレスに当てはまるメールがありません。何も変更しません。';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });

type Settings = Record<string, string>;

let running: RunningApp;
let operator: Operator;
let folder: string;
let people = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'genkan-bounces-'));
  const dkim = { dkimDomain: 'front.example', dkimSelector: 'genkan1', dkimKey: privateKey };
  running = await startApp({ bounceDomain: DOMAIN, ...dkim });
  operator = new Operator(running);
  expect(await operator.types('review', 'list')).toMatchObject({ exitCode: 0, err: '' });
});
afterAll(async () => {
  await running.stop();
  await rm(folder, { recursive: true });
});

/** A recovery that 田中 asked for. */
async function mailed() {
  people += 1;
  const corporation = await running.people.corporationExists({
    corporateNumber: `66${people}`,
    name: '株式会社さくら',
  });
  const loginId = `tanaka-piped-${people}`;
  const tanaka = await running.people.administratorExists({
    corporation,
    loginId,
    name: '田中 健',
  });
  await asksElsewhere(running, tanaka.email);
  return { tanaka, mail: await running.mailbox.mailTo(tanaka.email) };
}

/** A message on the command's stdin. */
async function pipes(message: string, settings: Settings = {}, recipient?: string) {
  const environment = { ...operator.environment, BOUNCE_DOMAIN: DOMAIN, ...settings };
  const options = recipient === undefined ? {} : { recipient };
  const take = takeBounce(Readable.from([Buffer.from(message)]));
  const { done, lines, exitCode } = await take({ ...environment, LANG: 'C' }, options);
  const said = lines.flat().map((line) => (typeof line === 'string' ? line : line.text));
  return { exitCode: exitCode ?? (done ? 0 : 1), said: said.join(' ') };
}

/** The same in a process of its own, as a mail server does it. */
async function pipesInShell(message: string, settings: Settings = {}, ...words: string[]) {
  const file = join(folder, 'message');
  await writeFile(file, message);
  const environment = { ...operator.environment, BOUNCE_DOMAIN: DOMAIN, ...settings };
  return genkanInShell(`exec genkan < ${file}`, ['mail', 'bounce', ...words], environment);
}

async function stateOf({ messageId }: Mail) {
  await running.mailbox.everythingIsSent();
  const text = 'select state, bounce_class as why from mail_deliveries where id = $1';
  return (await running.pool.query(text, [messageId.slice(1, 37)])).rows[0] as unknown;
}

describe('genkan mail bounce', () => {
  it('takes a report, with the return path of its headers, and says so', async () => {
    const { mail, tanaka } = await mailed();
    const { returnPath } = mail;
    const report = statusReport({ recipient: tanaka.email, returnPath });
    const taken = { exitCode: 0, err: '', out: expect.stringContaining('address unknown') };
    expect(await pipesInShell(report)).toEqual(taken);
    expect(await stateOf(mail)).toEqual({ state: 'bounced', why: 'unknown-address' });
    expect(await pipes(report)).toMatchObject({ exitCode: 0, said: OVER });
  });

  it('takes plain text, with the return path that the mail server names', async () => {
    const { mail, tanaka } = await mailed();
    const { returnPath } = mail;
    expect(await pipes(vacation(tanaka.email), {}, returnPath)).toMatchObject({ exitCode: 0 });
    expect(await pipes('', {}, returnPath)).toMatchObject({ exitCode: 0 });
    expect(await stateOf(mail)).toEqual({ state: 'handed-over', why: null });
    const taken = await pipesInShell(qmail(tanaka.email), {}, '--recipient', returnPath);
    expect(taken).toMatchObject({ exitCode: 0 });
    expect(await stateOf(mail)).toEqual({ state: 'bounced', why: 'unknown-address' });
  });

  it('takes no report that somebody wrote, also where the pipe hands no sender on', async () => {
    const { mail, tanaka } = await mailed();
    const { returnPath } = mail;
    const report = statusReport({ recipient: tanaka.email, returnPath });
    const piped = report.replace('Return-Path: <>\r\n', '');
    const written = piped.replace(/^From: .*$/m, `From: ${tanaka.email}`);
    for (const message of [written, `Return-Path: <${tanaka.email}>\r\n${piped}`]) {
      const ignored = { exitCode: 0, said: NO_REPORT };
      expect(await pipes(message, {}, returnPath)).toEqual(ignored);
    }
    expect(await stateOf(mail)).toEqual({ state: 'handed-over', why: null });
    await pipes(piped, {}, returnPath);
    expect(await stateOf(mail)).toEqual({ state: 'bounced', why: 'unknown-address' });
  });

  it('ignores what nobody of ours was sent, without an error that would be sent back again', async () => {
    const { mail, tanaka } = await mailed();
    const returnPath = mail.returnPath.replace(/\.[\da-f]{3}/, '.000');
    const report = statusReport({ recipient: tanaka.email, returnPath });
    expect(await pipes(report)).toEqual({ exitCode: 0, said: UNKNOWN });
    expect(await stateOf(mail)).toEqual({ state: 'handed-over', why: null });
  });

  it('has the mail server try again while the database is away or the settings are wrong', async () => {
    const report = statusReport({ recipient: 'x@front.example' });
    const away = new URL(running.config.databaseUrl);
    away.port = '1';
    const faults: Settings[] = [{ PORT: 'x' }, { BOUNCE_DOMAIN: '' }, { SECRET_KEY: NEW }];
    for (const settings of faults) {
      const { exitCode, said } = await pipes(report, settings);
      expect([exitCode, said]).toEqual([75, expect.stringMatching(/.+/)]);
    }
    const { exitCode, err } = await pipesInShell(report, { DATABASE_URL: away.href });
    expect(exitCode).toBe(75);
    expect(err).toMatch(/^The database does not answer/);
  });

  it('knows return paths of the former key as long as that is given', async () => {
    const { mail, tanaka } = await mailed();
    const { returnPath } = mail;
    const report = statusReport({ recipient: tanaka.email, returnPath });
    await running.mailbox.everythingIsSent();
    const both = { SECRET_KEY: NEW, SECRET_KEY_PREVIOUS: FORMER, BOUNCE_DOMAIN: DOMAIN };
    const rotated = await operator.typesWith(both, 'rotate-key');
    expect(rotated.out).toMatch(/^\d+ mails of the last 48 hours need the former key/m);
    expect(rotated.out).toContain('Keep SECRET_KEY_PREVIOUS until then.');
    const alone = await pipes(report, { SECRET_KEY: NEW });
    expect(alone).toEqual({ exitCode: 0, said: UNKNOWN });
    expect(await pipes(report, both)).toMatchObject({ exitCode: 0 });
    expect(await stateOf(mail)).toEqual({ state: 'bounced', why: 'unknown-address' });
    await running.clock.advance('48 hours 1 second');
    expect((await operator.typesWith(both, 'rotate-key')).out).not.toContain('48 hours');
    await running.clock.reset();
  });
});

describe('DKIM', () => {
  it('signs each mail for the domain', async () => {
    const { mail } = await mailed();
    const { params } = mail.headers.get('dkim-signature') as { params: Record<string, string> };
    expect(params).toMatchObject({ a: 'rsa-sha256', d: 'front.example', s: 'genkan1' });
    expect(params.b).toMatch(/^[\w+/= ]{300,}$/);
  });

  it('is looked at by the doctor: the key, its file, and the record to publish', async () => {
    const file = join(folder, 'dkim.pem');
    await writeFile(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o644 });
    const settings = {
      SECRET_KEY: NEW,
      SECRET_KEY_PREVIOUS: FORMER,
      BOUNCE_DOMAIN: DOMAIN,
      BOUNCE_LMTP_PORT: '1',
      DKIM_DOMAIN: 'other.example',
      DKIM_SELECTOR: 'genkan1',
      DKIM_KEY_FILE: file,
    };
    const { out } = await operator.typesWith(settings, 'doctor');
    expect(out).toMatch(/^ok {4}DKIM: the key has 2048 bits/m);
    expect(out).toMatch(/^warn {2}DKIM: signatures of other\.example do not fit/m);
    expect(out).toMatch(
      /DKIM: .*genkan1\._domainkey\.other\.example.*TXT record: v=DKIM1; k=rsa; p=/,
    );
    expect(out).toMatch(/^warn {2}secrets: .*dkim\.pem/m);
    expect(out).toMatch(/^fail {2}bounces: LMTP does not answer at 127\.0\.0\.1:1/m);
    const { out: without } = await operator.typesWith({ SECRET_KEY: NEW }, 'doctor');
    expect(without).toMatch(/^warn {2}bounces: without BOUNCE_DOMAIN/m);
    expect(without).not.toContain('DKIM:');
  });
});
