import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import { logBytes, logDownload, readFormat } from '../../log/log-files.js';
import { logPath } from '../../log/log-filter.js';
import { LogEntries } from '../../log/query/log-entries.js';
import { DeskPage, FreshDeskFactor } from '../../web/access.js';
import { seeOther, type Answer } from '../../web/answers.js';
import { GivesFile, type Download } from '../../web/downloads.js';
import type { FormBody } from '../../web/forms/forms.js';
import { CurrentOperator } from '../sign-in/current-operator.js';
import type { SignedInOperator } from '../sign-in/desk-sessions.js';
import { DeskLog, type DeskLogFilter } from './desk-log.js';

const PATH = '/desk/log';

@Controller('desk/log/export')
@DeskPage()
export class DeskLogExportController {
  constructor(
    private readonly log: DeskLog,
    private readonly entries: LogEntries,
    private readonly audit: Audit,
  ) {}

  /** A reload of the page that asked for the factor leads back to the log. */
  @Get()
  async show(
    @Query() query: Record<string, unknown>,
    @CurrentOperator() me: SignedInOperator,
  ): Promise<Answer> {
    return seeOther(logPath(PATH, await this.log.read(query, me)));
  }

  /** What the page shows under the same filter; one that cannot be read leads back. */
  @Post()
  @HttpCode(200)
  @FreshDeskFactor()
  @GivesFile()
  async export(
    @Body() body: FormBody,
    @CurrentOperator() me: SignedInOperator,
  ): Promise<Download | Answer> {
    const filter = await this.log.read(body, me);
    if (filter.problems.length > 0) return seeOther(logPath(PATH, filter));
    const format = readFormat(body.format);
    const { criteria } = filter;
    const { name: operator, visit } = me;
    const facts = { operator, format: format === 'ndjson' ? format : 'csv', ...askedFor(filter) };
    const { corporationId } = criteria;
    await this.audit.done('log-export', { corporationId, visit }, facts);
    const entries = this.entries.all('desk', criteria);
    return logDownload(logBytes(entries, format, visit.language, 'desk'), format, 'desk-log');
  }
}

/** What it is narrowed to beside the company, in whose log the row stands. */
function askedFor({ fields }: DeskLogFilter): Record<string, string> {
  const { operator: ofOperator, what: topic, outcome, since, until } = fields;
  const asked = Object.entries({ ofOperator, topic, outcome, since, until });
  return Object.fromEntries(asked.filter(([, value]) => value !== ''));
}
