import { InvoiceDigest } from '../../src/corporations/invoice-digest.js';
import {
  InvoiceImport,
  type InvoicesImported,
} from '../../src/corporations/invoices/invoice-import.js';
import type { InvoiceReport } from '../../src/corporations/invoices/invoice-report.js';
import { NewestInvoice } from '../../src/corporations/newest-invoice.js';
import type { RunningApp } from './app.js';
import type { Corporation } from './people.js';

export const INVOICE_HEADER = '法人番号,請求書番号,請求金額,発行日';

/** What the field for the newest invoice takes at a company of `invoicedCompany`. */
export const SHOWN = 'S-20417';

/** A file with the Japanese header and these rows. */
export function invoiceRows(...lines: string[]): string {
  return [INVOICE_HEADER, ...lines].join('\n');
}

/** Imports invoices, and looks at what they left in the database. */
export class Invoices {
  constructor(private readonly running: RunningApp) {}

  run(file: string | Uint8Array, options: { dryRun?: boolean } = {}): Promise<InvoicesImported> {
    const bytes = typeof file === 'string' ? Buffer.from(file) : file;
    // In small pieces, so that characters and line ends are cut.
    const source = async function* () {
      for (let at = 0; at < bytes.length; at += 7) yield bytes.subarray(at, at + 7);
    };
    return this.running.app.get(InvoiceImport).run(source, options);
  }

  /** Imports what must be fine. */
  async done(...lines: string[]): Promise<InvoiceReport> {
    const imported = await this.run(invoiceRows(...lines));
    if (!imported.ok) throw new Error(JSON.stringify(imported.problems));
    return imported.report;
  }

  /** The problems of a file that must have some, as `line: sentence`. */
  async refusals(file: string | Uint8Array): Promise<string[]> {
    const imported = await this.run(file);
    if (imported.ok) throw new Error('The file was accepted');
    return imported.problems.map(
      ({ line, sentence: { text, values } }) =>
        `${line}: ${text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]))}`,
    );
  }

  async stored(): Promise<object[]> {
    const { rows } = await this.running.pool.query<object>(
      `select i.*, i.issued_on::text as day from invoices i order by corporation_id, issued_on, digest`,
    );
    return rows;
  }

  /** The days of what is kept of a company, the newest first. */
  async days(corporateNumber: string): Promise<string[]> {
    const { rows } = await this.running.pool.query<{ day: string }>(
      `select issued_on::text as day from invoices i join corporations c on c.id = i.corporation_id
       where corporate_number = $1 order by issued_on desc, digest`,
      [corporateNumber],
    );
    return rows.map(({ day }) => day);
  }

  /** True when what is typed proves the company, where that is asked. */
  async isProven(corporateNumber: string, typed: string): Promise<boolean> {
    const newest = this.running.app.get(NewestInvoice);
    return (await newest.judge(corporateNumber, newest.digestsOf(corporateNumber, typed))).ok;
  }

  async log(): Promise<object[]> {
    const { rows } = await this.running.pool.query<object>(
      `select corporation_id, reason, facts from audit_entries
       where act = 'invoice-import' order by id desc`,
    );
    return rows;
  }
}

/** A company with two invoices on file: `SHOWN` is the number of the newest one. */
export async function invoicedCompany(
  running: RunningApp,
  corporateNumber: string,
  given: { billingEmail?: string } = {},
): Promise<Corporation> {
  const name = `株式会社けやき${corporateNumber}`;
  const corporation = await running.people.corporationExists({ corporateNumber, name, ...given });
  return isInvoiced(running, corporation);
}

/** Puts two invoices on file. @returns the company whose people have the newest one */
export async function isInvoiced(
  running: RunningApp,
  corporation: Corporation,
): Promise<Corporation> {
  const { id, corporateNumber } = corporation;
  const digest = running.app.get(InvoiceDigest);
  for (const [value, day] of [
    ['S20417', '2026-11-01'],
    ['S20389', '2026-10-01'],
  ] as const)
    await running.pool.query('insert into invoices values ($1, $2, $3, $4)', [
      id,
      day,
      digest.all(corporateNumber, { kind: 'number', value })[0],
      digest.keyFingerprint,
    ]);
  return { ...corporation, invoice: SHOWN };
}
