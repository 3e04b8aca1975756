import { Controller, Get, Query } from '@nestjs/common';
import { Me } from '../auth/sessions/me.js';
import type { SignedIn } from '../auth/sessions/sessions.js';
import { AdministratorsOnly } from '../web/access.js';
import { page, type Answer } from '../web/answers.js';
import { CompanyLog } from './company-log.js';
import { COMPANY_TOPICS, formOf, readFilter, isNarrowedFurther } from './log-filter.js';
import { FORMATS } from './log-files.js';
import { readPlace } from './query/log-position.js';
import { logView, topicChoices } from './log-view.js';

/** 操作の記録: what the company's people, newcomers and the desk did. */
@Controller('log')
@AdministratorsOnly()
export class LogController {
  constructor(private readonly log: CompanyLog) {}

  @Get()
  async show(
    @Query() query: Record<string, unknown>,
    @Me() { corporationId, now, visit: { language } }: SignedIn,
  ): Promise<Answer> {
    const filter = readFilter(query);
    const scope = { corporationId };
    const understood = await this.log.understand(scope, filter, language);
    const shown = await this.log.page(scope, understood, readPlace(query.page));
    const model = {
      ...logView('/log', filter, shown, language),
      shownAt: now,
      isUnfolded: isNarrowedFurther(filter),
      form: formOf(filter, ...(understood.ok ? [] : understood.problems)),
      fields: filter.fields,
      topics: topicChoices(filter, COMPANY_TOPICS),
      formats: FORMATS,
    };
    return page('log/company', '操作の記録', model);
  }
}
