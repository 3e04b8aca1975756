import type { KeyObject } from 'node:crypto';
import type { FactorPolicy } from './corporations/factor-policy.js';
import { derived, fingerprintOf } from './seal.js';

/** The settings of the environment. Durations are milliseconds unless the name says otherwise. */
export class Config {
  /** No `DATABASE_URL`: embedded PostgreSQL, demo companies, built-in mailbox. */
  embedded = false;
  /** Empty until the start has the embedded database's. */
  databaseUrl!: string;
  databasePool!: number;
  /** How its connections name themselves to the server. */
  applicationName = 'genkan';
  /** Of whoever started it, as the variables of the locale say. */
  terminalLanguage: 'ja' | 'en' = 'en';
  startWaitSeconds!: number;
  dataDir!: string;
  port!: number;
  host!: string;
  publicUrl!: string;
  smtpUrl!: string | undefined;
  /** Whether a mail waits for a server that speaks TLS. */
  smtpTls!: 'required' | 'offered';
  mailFrom!: string;
  mailConcurrency!: number;
  /** Of the return paths of mails; without it they go under the sender's address. */
  bounceDomain!: string | undefined;
  bounceLmtpPort!: number | undefined;
  bounceLmtpHost!: string;
  dkimDomain!: string | undefined;
  dkimSelector!: string | undefined;
  dkimKey!: KeyObject | undefined;
  serviceName!: string;
  serviceNameEn!: string;
  operatorName!: string;
  operatorNameEn!: string;
  deskMail!: string;
  deskPhone!: string;
  deskHours!: string;
  deskHoursEn!: string;
  applicationsFile!: string | undefined;
  themeFile!: string | undefined;
  noticesFile!: string | undefined;
  secretKey!: Buffer;
  /** The former key, while `genkan rotate-key` has not finished. */
  secretKeyPrevious!: Buffer | undefined;
  trustProxy!: string[];
  /** From where the desk's pages are reached; from nowhere when it is empty. */
  deskNetworks!: string[];
  /** Days such as 2027-01-01, on which `deskHours` do not run. */
  deskHolidays!: ReadonlySet<string>;
  corporateNumberFormat!: 'customer' | 'national';
  transferAccountDigits!: number;
  /** Whether those who come to administer a company show its newest invoice too. */
  enrollmentProof!: 'numbers' | 'invoice';
  enrollmentHold!: number;
  enrollmentProbation!: number;
  ipTrial!: number;
  ipAllowPrivate!: boolean;
  sessionIdle!: number;
  sessionAbsolute!: number;
  passwordPolicy!: 'manual' | 'nist';
  /** Of whom every company asks a second factor at least. */
  secondFactorMinimum!: FactorPolicy;
  argon2MemoryKiB!: number;
  argon2Passes!: number;
  auditRetentionMonths!: number;
  webConcurrency!: number;
  drain!: number;
  metricsPort!: number | undefined;
  metricsHost!: string;
  logLevel!: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';

  /** How the operator calls itself to readers of a language. */
  wordsIn(language: 'ja' | 'en'): { serviceName: string; operatorName: string; deskHours: string } {
    const { serviceName, operatorName, deskHours } = this;
    if (language === 'ja') return { serviceName, operatorName, deskHours };
    return {
      serviceName: this.serviceNameEn,
      operatorName: this.operatorNameEn,
      deskHours: this.deskHoursEn,
    };
  }

  get secure(): boolean {
    return this.publicUrl.startsWith('https:');
  }

  /** Of the address that mails come from. */
  get mailDomain(): string {
    const [, domain = ''] = /@([^@>]+)>?$/.exec(this.mailFrom) ?? [];
    return domain.toLowerCase();
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
