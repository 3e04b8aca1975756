import { Controller, Get, Query } from '@nestjs/common';
import { Me } from '../auth/sessions/me.js';
import type { SignedIn } from '../auth/sessions/sessions.js';
import { page, type Answer } from '../web/answers.js';
import { CompanyLog } from './company-log.js';
import { OWN_TOPICS, readFilter } from './log-filter.js';
import { topicChoices } from './log-view.js';

/** 自分の操作の記録: the own lines alone, for everybody. */
@Controller('me/log')
export class OwnLogController {
  constructor(private readonly log: CompanyLog) {}

  @Get()
  async show(@Query() query: Record<string, unknown>, @Me() person: SignedIn): Promise<Answer> {
    const { corporationId, accountId, role } = person;
    const filter = readFilter({ ...query, who: '' });
    const own = { corporationId, accountId };
    return page('log/own', '自分の操作の記録', {
      ...(await this.log.shown('/me/log', own, filter, query.page, person)),
      topics: topicChoices(filter, OWN_TOPICS[role]),
    });
  }
}
