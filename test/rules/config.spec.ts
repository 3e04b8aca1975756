import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
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

describe('the embedded demo', () => {
  it('starts with nothing set', () => {
    const config = readConfig({ DATA_DIR: folder });
    expect(config).toMatchObject({
      embedded: true,
      port: 3000,
      host: '127.0.0.1',
      publicUrl: 'http://localhost:3000',
      smtpUrl: undefined,
      corporateNumberFormat: 'customer',
      transferAccountDigits: 7,
      sessionIdle: 30 * 60_000,
      sessionAbsolute: 12 * 60 * 60_000,
      secondFactorMinimum: 'nobody',
      passwordPolicy: 'manual',
      argon2MemoryKiB: 19_456,
      argon2Passes: 2,
    });
    expect(config.secure).toBe(false);
  });

  it('makes its secret once, readable by its owner only', () => {
    const first = readConfig({ DATA_DIR: folder });
    const second = readConfig({ DATA_DIR: folder });
    expect(second.secretKey).toEqual(first.secretKey);
    expect(statSync(join(folder, 'secret.key')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(folder, 'secret.key'), 'utf8').length).toBeGreaterThanOrEqual(32);
  });

  it('has links that lead to the port it listens on', () => {
    expect(readConfig({ DATA_DIR: folder, PORT: '4001' }).publicUrl).toBe('http://localhost:4001');
  });
});

describe('with DATABASE_URL', () => {
  it('accepts a whole environment', () => {
    const config = readConfig({ DATA_DIR: folder, ...production });
    expect(config.embedded).toBe(false);
    expect(config.secure).toBe(true);
  });

  it('has no default for what the demo may guess', () => {
    const problems = problemsOf({ DATABASE_URL: production.DATABASE_URL });
    expect(namesOf(problems).sort()).toEqual(
      Object.keys(production)
        .filter((name) => name !== 'DATABASE_URL')
        .sort(),
    );
  });

  it.each(Object.keys(production).filter((name) => name !== 'DATABASE_URL'))(
    'does not start with an empty %s',
    (name) => {
      expect(namesOf(problemsOf({ ...production, [name]: '' }))).toEqual([name]);
    },
  );

  it('wants https', () => {
    const problems = problemsOf({ ...production, PUBLIC_URL: 'http://front.example.jp' });
    expect(problems).toEqual(['PUBLIC_URL: must begin with https:// outside the embedded demo']);
  });
});

it('names every wrong variable at once', () => {
  const wrong = {
    PORT: '80a',
    PUBLIC_URL: 'https://front.example.jp/path',
    SMTP_URL: 'https://mail.example.jp',
    MAIL_FROM: 'nobody',
    SECRET_KEY: 'x'.repeat(31),
    TRUST_PROXY: '10.0.0.0/33',
    CORPORATE_NUMBER_FORMAT: 'Customer',
    ARGON2_MEMORY_KIB: '1024',
    LOG_LEVEL: 'loud',
  };
  expect(namesOf(problemsOf({ ...production, ...wrong })).sort()).toEqual(
    Object.keys(wrong).sort(),
  );
});

it.each([
  ['DATABASE_URL', 'mysql://db.example.jp/genkan'],
  ['PORT', '65536'],
  ['PORT', '-1'],
  ['PORT', ' 3000'],
  ['PUBLIC_URL', 'front.example.jp'],
  ['PUBLIC_URL', 'ftp://front.example.jp'],
  ['PUBLIC_URL', 'https://front.example.jp/?a=b'],
  ['MAIL_FROM', 'a@example.jp, b@example.jp'],
  ['MAIL_FROM', 'A <a@example.jp>\r\nBcc: b@example.jp'],
  ['TRUST_PROXY', '10.0.0.0/8, proxy'],
  ['TRUST_PROXY', '10.0.0/8'],
  ['TRUST_PROXY', '::1/129'],
  ['SESSION_IDLE_MINUTES', '0'],
  ['SESSION_ABSOLUTE_HOURS', '1.5'],
  ['PASSWORD_POLICY', 'none'],
  ['ARGON2_PASSES', '0'],
])('refuses %s=%s with one line', (name, value) => {
  const problems = problemsOf({ ...production, [name]: value });
  expect(namesOf(problems)).toEqual([name]);
  expect(problems[0]).not.toContain('\n');
});

describe('a value in a file', () => {
  it('counts, without the line end behind it', () => {
    const { SECRET_KEY: _, ...rest } = production;
    const config = readConfig({ ...rest, SECRET_KEY_FILE: file(`${'y'.repeat(40)}\n`) });
    expect(config.secretKey.toString()).toBe('y'.repeat(40));
  });

  it('goes before a value beside it', () => {
    const environment = { ...production, SECRET_KEY_FILE: file('z'.repeat(32)) };
    expect(readConfig(environment).secretKey.toString()).toBe('z'.repeat(32));
  });

  it.each(['SECRET_KEY', 'SMTP_URL', 'DATABASE_URL'])(
    'that is not there is a problem of %s',
    (name) => {
      const problems = problemsOf({ ...production, [`${name}_FILE`]: join(folder, 'absent') });
      expect(problems).toEqual([`${name}: the file that ${name}_FILE names cannot be read`]);
    },
  );
});

it('refuses one port for pages and monitors', () => {
  const ports = { PORT: '9400', METRICS_PORT: '9400' };
  expect(problemsOf({ ...production, ...ports })).toEqual([
    'METRICS_PORT: must be another port than PORT',
  ]);
});

it('derives another key for each purpose', () => {
  const config = readConfig({ DATA_DIR: folder, ...production });
  expect(config.keyFor('mail')).toHaveLength(32);
  expect(config.keyFor('mail')).toEqual(config.keyFor('mail'));
  expect(config.keyFor('mail')).not.toEqual(config.keyFor('transfer-account'));
});
