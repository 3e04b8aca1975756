import { hkdfSync, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as read from './config-values.js';
import type { Reader } from './config-values.js';

type Environment = Record<string, string | undefined>;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Everything the environment decides. Durations are milliseconds unless the name says otherwise. */
export class Config {
  /** No `DATABASE_URL`: embedded PostgreSQL, demo companies, built-in mailbox. */
  embedded!: boolean;
  port!: number;
  host!: string;
  publicUrl!: string;
  /** Filled by the start when the database is the embedded one. */
  databaseUrl!: string;
  dataDir!: string;
  smtpUrl!: string | undefined;
  mailFrom!: string;
  serviceName!: string;
  operatorName!: string;
  deskMail!: string;
  deskPhone!: string;
  deskHours!: string;
  secretKey!: Buffer;
  trustProxy!: string[];
  corporateNumberFormat!: 'customer' | 'national';
  transferAccountDigits!: number;
  sessionIdle!: number;
  sessionAbsolute!: number;
  passwordPolicy!: 'manual' | 'nist';
  argon2MemoryKiB!: number;
  argon2Passes!: number;
  webConcurrency!: number;
  logLevel!: string;

  /** Whether cookies and links go over https. */
  get secure(): boolean {
    return this.publicUrl.startsWith('https:');
  }

  /** A key of 32 bytes for one purpose, derived from `SECRET_KEY`. */
  keyFor(purpose: string): Buffer {
    return Buffer.from(hkdfSync('sha256', this.secretKey, 'genkan', purpose, 32));
  }
}

/** All wrong variables at once; each line is a sentence for the operator. */
export class ConfigError extends Error {
  constructor(readonly problems: string[]) {
    super(problems.join('\n'));
  }
}

/**
 * Reads the environment. `NAME_FILE` names a file that holds the value of `NAME`.
 * @throws ConfigError with one line for each wrong variable
 */
export function readConfig(environment: Environment): Config {
  const problems: string[] = [];

  function value<T>(name: string, reader: Reader<T>, fallback: () => T): T {
    try {
      const given = textOf(environment, name);
      return given === undefined || given === '' ? fallback() : reader(given);
    } catch (error) {
      problems.push(`${name}: ${(error as Error).message}`);
      return undefined as T;
    }
  }
  const config = new Config();
  config.databaseUrl = value('DATABASE_URL', read.urlWith('postgres', 'postgresql'), () => '');
  config.embedded = config.databaseUrl === '';
  const demoOnly = <T>(fallback: T, why: string) =>
    config.embedded ? () => fallback : required(`is required with DATABASE_URL: ${why}`);

  config.dataDir = resolve(value('DATA_DIR', read.text, () => './data'));
  config.port = value('PORT', read.wholeNumber(0, 65_535), () => 3000);
  config.host = value('HOST', read.text, () => '127.0.0.1');
  config.publicUrl = value(
    'PUBLIC_URL',
    read.origin,
    demoOnly(`http://localhost:${config.port}`, 'the address that the links in mails begin with'),
  );
  config.smtpUrl = value(
    'SMTP_URL',
    read.urlWith('smtp', 'smtps'),
    demoOnly(undefined as string | undefined, 'the mail server, e.g. smtp://mail.example.jp:587'),
  );
  config.mailFrom = value(
    'MAIL_FROM',
    read.mailbox,
    demoOnly('noreply@genkan.example', 'the sender that customers must be able to receive'),
  );
  config.serviceName = value('SERVICE_NAME', read.text, () => '法人WEBシステム');
  config.operatorName = value(
    'OPERATOR_NAME',
    read.text,
    demoOnly('げんかん不動産株式会社', 'your company'),
  );
  config.deskMail = value('DESK_MAIL', read.mailbox, demoOnly('desk@genkan.example', 'the desk'));
  config.deskPhone = value('DESK_PHONE', read.text, demoOnly('03-0000-0000', 'the desk'));
  config.deskHours = value('DESK_HOURS', read.text, () => '平日 9時00分〜18時00分');
  config.secretKey = value(
    'SECRET_KEY',
    read.secret,
    config.embedded ? () => demoSecret(config.dataDir) : required('is required with DATABASE_URL'),
  );
  config.trustProxy = value('TRUST_PROXY', read.networks, () => []);
  config.corporateNumberFormat = value(
    'CORPORATE_NUMBER_FORMAT',
    read.oneOf('customer', 'national'),
    () => 'customer',
  );
  config.transferAccountDigits = value('TRANSFER_ACCOUNT_DIGITS', read.wholeNumber(4, 20), () => 7);
  config.sessionIdle = MINUTE * value('SESSION_IDLE_MINUTES', read.wholeNumber(1, 1440), () => 30);
  config.sessionAbsolute =
    HOUR * value('SESSION_ABSOLUTE_HOURS', read.wholeNumber(1, 168), () => 12);
  config.passwordPolicy = value('PASSWORD_POLICY', read.oneOf('manual', 'nist'), () => 'manual');
  config.argon2MemoryKiB = value(
    'ARGON2_MEMORY_KIB',
    read.wholeNumber(7168, 1_048_576),
    () => 19_456,
  );
  config.argon2Passes = value('ARGON2_PASSES', read.wholeNumber(1, 20), () => 2);
  config.webConcurrency = value('WEB_CONCURRENCY', read.wholeNumber(1, 64), () => 1);
  config.logLevel = value(
    'LOG_LEVEL',
    read.oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'),
    () => 'info',
  );
  if (!config.embedded && config.publicUrl?.startsWith('http:'))
    problems.push('PUBLIC_URL: must begin with https:// outside the embedded demo');
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}

/** Stands where a default would be, when there can be none. */
function required(why: string): () => never {
  return () => {
    throw new Error(why);
  };
}

function textOf(environment: Environment, name: string): string | undefined {
  const file = environment[`${name}_FILE`];
  if (file === undefined || file === '') return environment[name];
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    throw new Error(`the file that ${name}_FILE names cannot be read`);
  }
}

/** The demo's secret is made once and stays in `DATA_DIR`, so that a restart voids nothing. */
function demoSecret(dataDir: string): Buffer {
  mkdirSync(dataDir, { recursive: true });
  const file = join(dataDir, 'secret.key');
  try {
    writeFileSync(file, randomBytes(32).toString('hex'), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return read.secret(readFileSync(file, 'utf8'));
}
