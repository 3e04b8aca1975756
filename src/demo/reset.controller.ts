import { Controller, Get, Post } from '@nestjs/common';
import { Sessions } from '../auth/sessions/sessions.js';
import { Public } from '../web/access.js';
import { page, seeOther, type Answer } from '../web/answers.js';
import { Visitor, type Visit } from '../web/visit.js';
import { DemoData } from './demo-data.js';
import { comeBack } from './elsewhere.js';
import { RESET_COMPLETED } from './ended-by-reset.js';

/** 最初に戻す: the demo as its first start left it, for whoever sees it next. */
@Controller('dev/reset')
@Public()
export class ResetController {
  constructor(
    private readonly data: DemoData,
    private readonly sessions: Sessions,
  ) {}

  @Get()
  ask(): Answer {
    return page('demo/reset', 'デモを最初に戻す');
  }

  @Post()
  async reset(@Visitor() visit: Visit): Promise<Answer> {
    await this.data.reset();
    this.sessions.cookie.clear(visit);
    comeBack(visit);
    return seeOther(RESET_COMPLETED);
  }

  @Get('completed')
  completed(): Answer {
    return page('demo/reset-completed', 'デモを最初に戻しました');
  }
}
