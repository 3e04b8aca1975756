import { InvoiceProof } from '../../src/corporations/invoice-proof.js';
import {
  MasterDataImport,
  type MasterDataImported,
} from '../../src/corporations/master-data-import.js';
import type { MasterDataReport } from '../../src/corporations/master-data-report.js';
import { TransferAccountDigest } from '../../src/corporations/transfer-account-digest.js';
import type { RunningApp } from './app.js';
import { rows, sourceOf } from './master-data.js';

/** Imports master data, and looks at what they left in the database. */
export class Imports {
  constructor(private readonly running: RunningApp) {}

  async forgetCompanies(): Promise<void> {
    await this.running.pool.query('truncate corporations, transfer_accounts cascade');
  }

  run(file: string | Uint8Array, options?: { dryRun: boolean }): Promise<MasterDataImported> {
    return this.running.app.get(MasterDataImport).run(sourceOf(file), options);
  }

  /** Imports what must be fine. */
  async done(...lines: string[]): Promise<MasterDataReport> {
    const outcome = await this.run(rows(...lines));
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
    return outcome.report;
  }

  /** Every column of every row that an import could touch. */
  async stored() {
    return {
      corporations: await this.#rows('select * from corporations order by corporate_number'),
      accounts: await this.#rows('select * from transfer_accounts order by corporation_id, digest'),
    };
  }

  /** The log's rows about imports, the last one first. */
  log(): Promise<object[]> {
    return this.#rows(
      `select corporation_id, reason, facts from audit_entries
       where act = 'master-data-import' order by id desc`,
    );
  }

  async corporation(corporateNumber: string): Promise<object | undefined> {
    const [row] = await this.#rows(
      `select name, name_kana, billing_email, state,
              updated_at > created_at as was_changed,
              (select array_agg(last_digits order by last_digits) from transfer_accounts
               where corporation_id = id) as accounts
       from corporations where corporate_number = $1`,
      [corporateNumber],
    );
    return row;
  }

  /** The name of the company that the two numbers of an invoice prove. */
  async proven(
    corporateNumber: string,
    transferAccountNumber: string,
  ): Promise<string | undefined> {
    const { app } = this.running;
    const digest = app.get(TransferAccountDigest).of({ corporateNumber, transferAccountNumber });
    return (await app.get(InvoiceProof).compare(corporateNumber, [digest]))?.name;
  }

  async #rows(text: string, values: unknown[] = []): Promise<object[]> {
    return (await this.running.pool.query<object>(text, values)).rows;
  }
}
