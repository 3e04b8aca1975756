import { demoSecret, textOf } from './config-files.js';
import * as read from './config-values.js';
import type { Reader } from './config-values.js';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from './durations.js';
import { derived, fingerprintOf } from './seal.js';

export type Environment = Record<string, string | undefined>;

/** The settings of the environment. Durations are milliseconds unless the name says otherwise. */
export class Config {
  /** No `DATABASE_URL`: embedded PostgreSQL, demo companies, built-in mailbox. */
  embedded = false;
  /** Empty until the start has the embedded database's. */
  databaseUrl!: string;
  databasePool!: number;
  /** How its connections name themselves to the server. */
  applicationName = 'genkan';
  startWaitSeconds!: number;
  dataDir!: string;
  port!: number;
  host!: string;
  publicUrl!: string;
  smtpUrl!: string | undefined;
  mailFrom!: string;
  mailConcurrency!: number;
  serviceName!: string;
  operatorName!: string;
  deskMail!: string;
  deskPhone!: string;
  deskHours!: string;
  secretKey!: Buffer;
  /** The former key, while `genkan rotate-key` has not finished. */
  secretKeyPrevious!: Buffer | undefined;
  trustProxy!: string[];
  corporateNumberFormat!: 'customer' | 'national';
  transferAccountDigits!: number;
  enrollmentHold!: number;
  enrollmentProbation!: number;
  ipTrial!: number;
  ipAllowPrivate!: boolean;
  sessionIdle!: number;
  sessionAbsolute!: number;
  passwordPolicy!: 'manual' | 'nist';
  argon2MemoryKiB!: number;
  argon2Passes!: number;
  auditRetentionMonths!: number;
  webConcurrency!: number;
  drain!: number;
  metricsPort!: number | undefined;
  metricsHost!: string;
  logLevel!: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';

  get secure(): boolean {
    return this.publicUrl.startsWith('https:');
  }

  /** A key of 32 bytes for one purpose, derived from `SECRET_KEY`. */
  keyFor(purpose: string): Buffer {
    return derived(this.secretKey, purpose);
  }

  /** The same, and behind it the one of `SECRET_KEY_PREVIOUS` while that is given. */
  keysFor(purpose: string): Buffer[] {
    const previous = this.secretKeyPrevious;
    return [this.keyFor(purpose), ...(previous ? [derived(previous, purpose)] : [])];
  }

  /** Names `SECRET_KEY` without telling anything of it. */
  get keyFingerprint(): string {
    return fingerprintOf(this.secretKey);
  }

  get previousKeyFingerprint(): string | undefined {
    return this.secretKeyPrevious && fingerprintOf(this.secretKeyPrevious);
  }
}

/** A variable's name, how its text is read, and what holds without it, given those before it. */
type Variable<T> = [name: string, reader: Reader<T>, fallback: (before: Config) => T];

type Read = Exclude<
  keyof Config,
  'embedded' | 'applicationName' | 'secure' | `key${string}` | `${string}Fingerprint`
>;

const { wholeNumber, oneOf, text, seconds, minutes, hours } = read;

/** In this order; a fallback may look at what stands above it. */
const schema: { [Name in Read]: Variable<Config[Name]> } = {
  databaseUrl: ['DATABASE_URL', read.urlWith('postgres', 'postgresql'), theDemo],
  databasePool: ['DATABASE_POOL', wholeNumber(5, 500), () => 20],
  startWaitSeconds: ['START_WAIT_SECONDS', wholeNumber(0, 3_600), () => 60],
  dataDir: ['DATA_DIR', read.folder, () => read.folder('./data')],
  port: ['PORT', wholeNumber(0, 65_535), () => 3000],
  host: ['HOST', text, () => '127.0.0.1'],
  publicUrl: [
    'PUBLIC_URL',
    read.origin,
    demoOnly(
      ({ port }) => `http://localhost:${port}`,
      'the address that the links in mails begin with',
    ),
  ],
  smtpUrl: [
    'SMTP_URL',
    read.urlWith('smtp', 'smtps'),
    demoOnly(() => undefined, 'the mail server, e.g. smtp://mail.example.jp:587'),
  ],
  mailFrom: [
    'MAIL_FROM',
    read.mailbox,
    demoOnly(() => 'noreply@genkan.example', 'the sender that customers must be able to receive'),
  ],
  mailConcurrency: ['MAIL_CONCURRENCY', wholeNumber(1, 50), () => 4],
  serviceName: ['SERVICE_NAME', text, () => '法人WEBシステム'],
  operatorName: ['OPERATOR_NAME', text, demoOnly(() => 'げんかん不動産株式会社', 'your company')],
  deskMail: ['DESK_MAIL', read.mailbox, demoOnly(() => 'desk@genkan.example', 'the desk')],
  deskPhone: ['DESK_PHONE', text, demoOnly(() => '03-0000-0000', 'the desk')],
  deskHours: ['DESK_HOURS', text, () => '平日 9時00分〜18時00分'],
  secretKey: [
    'SECRET_KEY',
    read.secret,
    demoOnly(({ dataDir }) => demoSecret(dataDir), '32 random bytes or more'),
  ],
  secretKeyPrevious: ['SECRET_KEY_PREVIOUS', read.secret, () => undefined],
  trustProxy: ['TRUST_PROXY', read.networks, () => []],
  corporateNumberFormat: [
    'CORPORATE_NUMBER_FORMAT',
    oneOf('customer', 'national'),
    () => 'customer',
  ],
  transferAccountDigits: ['TRANSFER_ACCOUNT_DIGITS', wholeNumber(4, 20), () => 7],
  enrollmentHold: ['ENROLLMENT_HOLD_HOURS', hours(0, 720), () => 0],
  enrollmentProbation: ['ENROLLMENT_PROBATION_HOURS', hours(1, 720), () => 72 * HOUR_MS],
  ipTrial: ['IP_TRIAL_MINUTES', minutes(3, 60), () => 10 * MINUTE_MS],
  ipAllowPrivate: ['IP_ALLOW_PRIVATE', read.yesOrNo, ({ embedded }) => embedded],
  sessionIdle: ['SESSION_IDLE_MINUTES', minutes(1, 1440), () => 30 * MINUTE_MS],
  sessionAbsolute: ['SESSION_ABSOLUTE_HOURS', hours(1, 168), () => 12 * HOUR_MS],
  passwordPolicy: ['PASSWORD_POLICY', oneOf('manual', 'nist'), () => 'manual'],
  argon2MemoryKiB: ['ARGON2_MEMORY_KIB', wholeNumber(7168, 1_048_576), () => 19_456],
  argon2Passes: ['ARGON2_PASSES', wholeNumber(1, 20), () => 2],
  auditRetentionMonths: ['AUDIT_RETENTION_MONTHS', wholeNumber(2, 120), () => 36],
  webConcurrency: ['WEB_CONCURRENCY', wholeNumber(1, 64), () => 1],
  drain: ['DRAIN_SECONDS', seconds(0, 600), () => 5 * SECOND_MS],
  metricsPort: ['METRICS_PORT', wholeNumber(1, 65_535), () => undefined],
  metricsHost: ['METRICS_HOST', text, () => '127.0.0.1'],
  logLevel: [
    'LOG_LEVEL',
    oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'),
    () => 'info',
  ],
};

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
  const config = new Config();
  const problems: string[] = [];
  for (const [property, [name, reader, fallback]] of Object.entries(schema)) {
    try {
      const given = textOf(environment, name);
      Object.assign(config, { [property]: given ? reader(given) : fallback(config) });
    } catch (error) {
      problems.push(`${name}: ${(error as Error).message}`);
    }
  }
  if (!config.embedded && config.publicUrl?.startsWith('http:'))
    problems.push('PUBLIC_URL: must begin with https:// outside the embedded demo');
  if (config.metricsPort !== undefined && config.metricsPort === config.port)
    problems.push('METRICS_PORT: must be another port than PORT');
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}

/** Without a named database the demo runs with its own. */
function theDemo(config: Config): string {
  config.embedded = true;
  return '';
}

/** A default that only the embedded demo has: elsewhere the variable must be given. */
function demoOnly<T>(fallback: (before: Config) => T, what: string): (before: Config) => T {
  return (before) => {
    if (before.embedded) return fallback(before);
    throw new Error(`is required with DATABASE_URL: ${what}`);
  };
}
