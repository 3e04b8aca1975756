import { Controller, Get, Query } from '@nestjs/common';
import { Me } from '../auth/sessions/me.js';
import type { SignedIn } from '../auth/sessions/sessions.js';
import { AdministratorsOnly } from '../web/access.js';
import { page, type Answer } from '../web/answers.js';
import { CompanyLog } from './company-log.js';
import { COMPANY_TOPICS, readFilter } from './log-filter.js';
import { FORMATS } from './log-files.js';
import { topicChoices } from './log-view.js';

/** 操作の記録: what the company's people, newcomers and the desk did. */
@Controller('log')
@AdministratorsOnly()
export class LogController {
  constructor(private readonly log: CompanyLog) {}

  @Get()
  async show(@Query() query: Record<string, unknown>, @Me() person: SignedIn): Promise<Answer> {
    const filter = readFilter(query);
    const { corporationId } = person;
    return page('log/company', '操作の記録', {
      ...(await this.log.shown('/log', { corporationId }, filter, query.page, person)),
      fields: filter.fields,
      topics: topicChoices(filter, COMPANY_TOPICS),
      formats: FORMATS,
    });
  }
}
