import { Controller, Get, Query } from '@nestjs/common';
import { Me } from '../auth/sessions/me.js';
import type { SignedIn } from '../auth/sessions/sessions.js';
import { page, type Answer } from '../web/answers.js';
import { CompanyLog } from './company-log.js';
import { formOf, OWN_TOPICS, readFilter, isNarrowedFurther } from './log-filter.js';
import { readPlace } from './query/log-position.js';
import { logView, topicChoices } from './log-view.js';

const PATH = '/me/log';

/** 自分の操作の記録: the own lines alone, for everybody. */
@Controller('me/log')
export class OwnLogController {
  constructor(private readonly log: CompanyLog) {}

  @Get()
  async show(
    @Query() query: Record<string, unknown>,
    @Me() { corporationId, accountId, role, now, visit: { language } }: SignedIn,
  ): Promise<Answer> {
    const filter = readFilter({ ...query, who: '' });
    const scope = { corporationId, accountId };
    const understood = await this.log.understand(scope, filter, language);
    const shown = await this.log.page(scope, understood, readPlace(query.page));
    const model = {
      ...logView(PATH, filter, shown, language),
      shownAt: now,
      isUnfolded: isNarrowedFurther(filter),
      form: formOf(filter, ...(understood.ok ? [] : understood.problems)),
      topics: topicChoices(filter, OWN_TOPICS[role]),
    };
    return page('log/own', '自分の操作の記録', model);
  }
}
