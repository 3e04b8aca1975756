import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import { tables } from '../database/tables.js';
import { Jobs } from '../jobs/jobs.js';
import type { ImportOptions } from './import-options.js';
import { inBatches } from './in-batches.js';
import { fieldsChanged, touchedCompanies, type MasterDataReport } from './master-data-report.js';

/** The job that tells companies of it by mail, beside the import (accounts/administrators/master-data-news.ts). */
export const TELL_OF_MASTER_DATA = 'tell-master-data-change';

/** Mails of one job: a bulk is told in small transactions, one after the other. */
const TOLD_AT_ONCE = 100;

/** What of a company's master data somebody there should hear of. */
export interface CompanyNews {
  id: string;
  /** Where its invoices went before the import; null for nowhere. */
  formerEmail: string | null;
  isEmailChanged: boolean;
  isAccountAdded: boolean;
}

/** In the transaction of an import: the log of each company that it changes, and the news to it. */
@Injectable()
export class MasterDataChanges {
  constructor(
    private readonly em: EntityManager,
    private readonly audit: Audit,
    private readonly jobs: Jobs,
  ) {}

  /** A row in the log of each company that was there, with what changed but no values. */
  async tell(report: MasterDataReport, by: ImportOptions<never>['by']): Promise<void> {
    const changed = fieldsChanged(report);
    const before = new Map(
      report.changedCompanies.map(({ corporateNumber, before: was }) => [corporateNumber, was!]),
    );
    await inBatches(touchedCompanies(report), async (batch) => {
      const found = await tables(this.em)
        .selectFrom('corporations')
        .where('corporate_number', 'in', batch)
        .select(['id', 'corporate_number as number', 'billing_email as email'])
        .execute();
      const rows = found.map(({ id, number }) => ({
        corporationId: id,
        facts: { ...(by && { operator: by.operator }), fields: changed.get(number)!.join(',') },
      }));
      await this.audit.doneForCompanies('master-data-change', by?.visit, rows);
      const news = found.map(({ id, number, email }) => ({
        id,
        formerEmail: (before.get(number) ?? { billingEmail: email }).billingEmail,
        isEmailChanged: changed.get(number)!.includes('billingEmail'),
        isAccountAdded: changed.get(number)!.includes('transferAccount'),
      }));
      await this.#addJobs(news.filter((one) => one.isEmailChanged || one.isAccountAdded));
      return [];
    });
  }

  async #addJobs(news: CompanyNews[]): Promise<void> {
    for (let from = 0; from < news.length; from += TOLD_AT_ONCE) {
      const companies = news.slice(from, from + TOLD_AT_ONCE);
      await this.jobs.add(TELL_OF_MASTER_DATA, { companies }, { queue: TELL_OF_MASTER_DATA });
    }
  }
}
