import { EntityManager } from '@mikro-orm/postgresql';
import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import { Me } from '../auth/sessions/me.js';
import type { SignedIn } from '../auth/sessions/sessions.js';
import { holdForAdministrator } from '../corporations/hold-corporation.js';
import { inTransaction } from '../database/transaction.js';
import { AdministratorsOnly, FreshPassword } from '../web/access.js';
import { seeOther, type Answer } from '../web/answers.js';
import { GivesFile, type Download } from '../web/downloads.js';
import type { FormBody } from '../web/forms/forms.js';
import { CompanyLog } from './company-log.js';
import { LogEntries } from './query/log-entries.js';
import { logPath, readFilter } from './log-filter.js';
import { logBytes, logDownload, readFormat } from './log-files.js';

@Controller('log/export')
@AdministratorsOnly()
export class LogExportController {
  constructor(
    private readonly em: EntityManager,
    private readonly log: CompanyLog,
    private readonly entries: LogEntries,
    private readonly audit: Audit,
  ) {}

  /** A reload of the page that asked for the password leads back to the log. */
  @Get()
  show(@Query() query: Record<string, unknown>): Answer {
    return seeOther(logPath('/log', readFilter(query)));
  }

  /** What the page shows under the same filter, as a file; a filter that cannot be read leads back. */
  @Post()
  @HttpCode(200)
  @FreshPassword('file')
  @GivesFile()
  async export(@Body() body: FormBody, @Me() person: SignedIn): Promise<Download | Answer> {
    const filter = readFilter(body);
    const { corporationId, visit } = person;
    const understood = await this.log.understand({ corporationId }, filter, visit.language);
    if (!understood.ok) return seeOther(logPath('/log', filter));
    const format = readFormat(body.format);
    await this.#begin(person, { format: format === 'ndjson' ? format : 'csv' });
    const entries = this.entries.all({ corporationId }, understood.criteria);
    return logDownload(logBytes(entries, format, visit.language), format, 'log');
  }

  /** A password that was asked may have waited for its check: the rights are asked once more. */
  async #begin(person: SignedIn, facts: { format: string }): Promise<void> {
    await inTransaction(this.em, async () => {
      await holdForAdministrator(this.em, person);
      await this.audit.done('log-export', person, facts);
    });
  }
}
