import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError, readConfig } from '../../src/read-config.js';

const production = {
  DATABASE_URL: 'postgres://genkan@db.example.jp/genkan',
  PUBLIC_URL: 'https://front.example.jp',
  SMTP_URL: 'smtps://mail.example.jp',
  MAIL_FROM: 'Genkan <noreply@example.jp>',
  OPERATOR_NAME: '見本不動産株式会社',
  DESK_MAIL: 'desk@example.jp',
  DESK_PHONE: '03-1234-5678',
  SECRET_KEY: 'x'.repeat(32),
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'genkan-config-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What the operator reads on stderr; empty when the environment is fine. */
function problemsOf(environment: Record<string, string>): string[] {
  try {
    readConfig({ DATA_DIR: folder, ...environment });
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

function file(content: string): string {
  const path = join(folder, 'value');
  writeFileSync(path, content);
  return path;
}

const namesOf = (problems: string[]) => problems.map((problem) => problem.split(':')[0]);

describe('mails that come back', () => {
  it('need a domain and a port of their own', () => {
    const port = { ...production, BOUNCE_LMTP_PORT: '9024' };
    expect(problemsOf(port)).toEqual(['BOUNCE_DOMAIN: is required with BOUNCE_LMTP_PORT']);
    const whole = { ...port, BOUNCE_DOMAIN: 'Bounce.Example.jp' };
    expect(readConfig({ DATA_DIR: folder, ...whole })).toMatchObject({
      bounceDomain: 'bounce.example.jp',
      bounceLmtpPort: 9024,
      bounceLmtpHost: '127.0.0.1',
    });
    expect(problemsOf({ ...whole, METRICS_PORT: '9024' })).toEqual([
      'BOUNCE_LMTP_PORT: must be another port than PORT and METRICS_PORT',
    ]);
    for (const wrong of ['bounce', 'a@b.jp', '-a.jp', 'a..jp', `${'a'.repeat(64)}.jp`])
      expect(namesOf(problemsOf({ ...production, BOUNCE_DOMAIN: wrong }))).toEqual([
        'BOUNCE_DOMAIN',
      ]);
  });
});

const rsa = (bits: number) =>
  generateKeyPairSync('rsa', { modulusLength: bits }).privateKey.export({
    type: 'pkcs8',
    format: 'pem',
  });

describe('DKIM', () => {
  const names = { DKIM_DOMAIN: 'example.jp', DKIM_SELECTOR: 'genkan1' };

  it('is whole or absent', () => {
    expect(problemsOf({ ...production, ...names })).toEqual([
      'DKIM_KEY_FILE: is required with the other DKIM variables',
    ]);
    const whole = { ...production, ...names, DKIM_KEY_FILE: file(rsa(2_048).toString()) };
    expect(problemsOf(whole)).toEqual([]);
    expect(namesOf(problemsOf({ ...whole, DKIM_SELECTOR: '' }))).toEqual(['DKIM_SELECTOR']);
    expect(namesOf(problemsOf({ ...whole, DKIM_SELECTOR: 'a b' }))).toEqual(['DKIM_SELECTOR']);
  });

  it.each([
    ['a short key', () => rsa(512).toString(), 'must be an RSA key of 2048 bits'],
    ['no key', () => 'key', 'must be a private key in PEM without a passphrase'],
    [
      'a key of another kind',
      () => generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }),
      'must be an RSA key of 2048 bits',
    ],
  ])('refuses %s before anything is signed', (_name, key, sentence) => {
    const given = { ...production, ...names, DKIM_KEY_FILE: file(String(key())) };
    expect(problemsOf(given)).toEqual([expect.stringContaining(`DKIM_KEY: ${sentence}`)]);
  });

  it('refuses a file that cannot be read', () => {
    const given = { ...production, ...names, DKIM_KEY_FILE: join(folder, 'absent') };
    expect(problemsOf(given)).toContain(
      'DKIM_KEY: the file that DKIM_KEY_FILE names cannot be read',
    );
  });
});
