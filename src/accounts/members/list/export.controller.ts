import { Readable } from 'node:stream';
import { Controller, Get, Query, StreamableFile } from '@nestjs/common';
import { Audit } from '../../../audit/audit.js';
import { Me } from '../../../auth/me.js';
import type { SignedIn } from '../../../auth/sessions.js';
import { AdministratorsOnly } from '../../../web/access.js';
import { Visitor, type Visit } from '../../../web/visit.js';
import { readCriteria } from '../criteria.js';
import { ListPages } from './list-pages.js';
import { memberCsv } from './member-csv.js';

/** Everybody whom the list would show, as a file. */
@Controller('accounts/export')
@AdministratorsOnly()
export class ExportController {
  constructor(
    private readonly pages: ListPages,
    private readonly audit: Audit,
  ) {}

  @Get()
  async export(
    @Query() query: Record<string, unknown>,
    @Me() { corporationId, accountId }: SignedIn,
    @Visitor() visit: Visit,
  ): Promise<StreamableFile> {
    const encoding = query.encoding === 'shift_jis' ? 'shift_jis' : 'utf-8';
    const people = this.pages.all(corporationId, readCriteria(query));
    await this.audit.record({
      act: 'accounts-export',
      reason: 'done',
      corporationId,
      accountId,
      visit,
    });
    return new StreamableFile(Readable.from(memberCsv(people, encoding, visit.language)), {
      type: `text/csv; charset=${encoding}`,
      disposition: 'attachment; filename="accounts.csv"',
    });
  }
}
