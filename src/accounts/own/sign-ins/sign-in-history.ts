import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { Reason } from '../../../audit/reasons.js';
import { sql } from '../../../database/sql.js';
import type { BrowserFacts } from '../../../web/browser-name.js';
import type { Person } from '../../../web/visit.js';

const PAGE = 20;

export interface TriedSignIn {
  id: string;
  at: Date;
  reason: Reason;
  address: string | null;
  /** Empty in rows that are older than this page; a number of tries where one row stands for several. */
  facts: Partial<BrowserFacts> & { count?: number };
}

/** An account's sign-ins of 90 days, those that failed too, read from the log. */
@Injectable()
export class SignInHistory {
  constructor(private readonly em: EntityManager) {}

  /** @param before the id of a row, which the page begins behind. @returns whether older ones follow */
  async page(
    { accountId }: Person,
    before: string | undefined,
  ): Promise<{ signIns: TriedSignIn[]; hasMore: boolean }> {
    const rows = await sql<TriedSignIn>(
      this.em,
      `select id, at, reason, host(address) as address, facts from audit_entries
       where account_id = $1 and act = 'sign-in' and id < $2
         and at > genkan_now() - interval '90 days'
       order by id desc limit ${PAGE + 1}`,
      [accountId, before ?? '9223372036854775807'],
    );
    return { signIns: rows.slice(0, PAGE), hasMore: rows.length > PAGE };
  }
}
