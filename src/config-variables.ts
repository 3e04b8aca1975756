import { demoSecret } from './config-files.js';
import * as read from './config-values.js';
import type { Reader } from './config-values.js';
import type { Config } from './config.js';
import { holidaysIn } from './cases/holidays.js';
import { themeIn } from './web/pages/theme.js';
import { applicationsIn, noticesIn } from './operator-content.js';
import { FACTOR_POLICIES } from './corporations/factor-policy.js';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from './durations.js';

/** A variable's name, how its text is read, and what holds without it, given those before it. */
type Variable<T> = [name: string, reader: Reader<T>, fallback: (before: Config) => T];

type Read = Exclude<
  keyof Config,
  | 'embedded'
  | 'applicationName'
  | 'terminalLanguage'
  | 'secure'
  | 'mailDomain'
  | 'wordsIn'
  | `key${string}`
  | `${string}Fingerprint`
>;

const { wholeNumber, oneOf, text, seconds, minutes, hours } = read;

const DESK_HOURS = { ja: '平日 9時00分〜18時00分', en: 'weekdays, 9:00 to 18:00 (Japan time)' };

const EVERYWHERE = ['0.0.0.0/0', '::/0'];

/** In this order; a fallback may look at what stands above it. */
export const variables: { [Name in Read]: Variable<Config[Name]> } = {
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
  smtpTls: [
    'SMTP_TLS',
    oneOf('required', 'offered'),
    ({ smtpUrl }) => (smtpUrl && read.isHere(smtpUrl) ? 'offered' : 'required'),
  ],
  mailFrom: [
    'MAIL_FROM',
    read.mailbox,
    demoOnly(() => 'noreply@genkan.example', 'the sender that customers must be able to receive'),
  ],
  mailConcurrency: ['MAIL_CONCURRENCY', wholeNumber(1, 50), () => 4],
  bounceDomain: ['BOUNCE_DOMAIN', read.domain, () => undefined],
  bounceLmtpPort: ['BOUNCE_LMTP_PORT', wholeNumber(1, 65_535), () => undefined],
  bounceLmtpHost: ['BOUNCE_LMTP_HOST', text, () => '127.0.0.1'],
  dkimDomain: ['DKIM_DOMAIN', read.domain, () => undefined],
  dkimSelector: ['DKIM_SELECTOR', read.selector, () => undefined],
  dkimKey: ['DKIM_KEY', read.signingKey, () => undefined],
  serviceName: ['SERVICE_NAME', text, () => '法人WEBシステム'],
  serviceNameEn: [
    'SERVICE_NAME_EN',
    text,
    ({ embedded, serviceName }) => (embedded ? 'Corporate Web System' : serviceName),
  ],
  operatorName: ['OPERATOR_NAME', text, demoOnly(() => 'げんかん不動産株式会社', 'your company')],
  operatorNameEn: [
    'OPERATOR_NAME_EN',
    text,
    ({ embedded, operatorName }) => (embedded ? 'Genkan Real Estate Co., Ltd.' : operatorName),
  ],
  deskMail: ['DESK_MAIL', read.mailbox, demoOnly(() => 'desk@genkan.example', 'the desk')],
  deskPhone: ['DESK_PHONE', text, demoOnly(() => '03-0000-0000', 'the desk')],
  deskHours: ['DESK_HOURS', text, () => DESK_HOURS.ja],
  deskHoursEn: [
    'DESK_HOURS_EN',
    text,
    ({ deskHours }) => (deskHours === DESK_HOURS.ja ? DESK_HOURS.en : deskHours),
  ],
  applicationsFile: [
    'APPLICATIONS_FILE',
    fileThat((file) => applicationsIn(file)),
    () => undefined,
  ],
  noticesFile: ['NOTICES_FILE', fileThat(noticesIn), () => undefined],
  themeFile: ['THEME_FILE', fileThat(themeIn), () => undefined],
  secretKey: [
    'SECRET_KEY',
    read.secret,
    demoOnly(({ dataDir }) => demoSecret(dataDir), '32 random bytes or more'),
  ],
  secretKeyPrevious: ['SECRET_KEY_PREVIOUS', read.secret, () => undefined],
  trustProxy: ['TRUST_PROXY', read.networks, () => []],
  deskNetworks: ['DESK_NETWORKS', read.networks, ({ embedded }) => (embedded ? EVERYWHERE : [])],
  deskHolidays: ['DESK_HOLIDAYS_FILE', (file) => holidaysIn(read.folder(file)), () => new Set()],
  corporateNumberFormat: [
    'CORPORATE_NUMBER_FORMAT',
    oneOf('customer', 'national'),
    () => 'customer',
  ],
  transferAccountDigits: ['TRANSFER_ACCOUNT_DIGITS', wholeNumber(4, 20), () => 7],
  enrollmentProof: ['ENROLLMENT_PROOF', oneOf('numbers', 'invoice'), () => 'numbers'],
  enrollmentHold: ['ENROLLMENT_HOLD_HOURS', hours(0, 720), () => 0],
  enrollmentProbation: ['ENROLLMENT_PROBATION_HOURS', hours(1, 720), () => 72 * HOUR_MS],
  ipTrial: ['IP_TRIAL_MINUTES', minutes(3, 60), () => 10 * MINUTE_MS],
  ipAllowPrivate: ['IP_ALLOW_PRIVATE', read.yesOrNo, ({ embedded }) => embedded],
  sessionIdle: ['SESSION_IDLE_MINUTES', minutes(1, 1440), () => 30 * MINUTE_MS],
  sessionAbsolute: ['SESSION_ABSOLUTE_HOURS', hours(1, 168), () => 12 * HOUR_MS],
  secondFactorMinimum: ['SECOND_FACTOR_MINIMUM', oneOf(...FACTOR_POLICIES), () => 'nobody'],
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

/** The path of a file whose content was read once, so that a wrong one stops the start. */
function fileThat(isRead: (path: string) => unknown): Reader<string> {
  return (value) => {
    const path = read.folder(value);
    isRead(path);
    return path;
  };
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
