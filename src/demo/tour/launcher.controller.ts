import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { Public } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import type { FormBody } from '../../web/forms/forms.js';
import { notice } from '../../web/notices.js';
import { say } from '../../web/sentence.js';
import { Visitor, type Visit } from '../../web/visit.js';
import { DEMO_PASSWORD } from '../demo-companies.js';
import { comeBack, ELSEWHERE_ADDRESS, goElsewhere, isElsewhere } from '../elsewhere.js';
import { DemoOperators } from '../desk/demo-operators.js';
import { Mailbox } from '../mailbox.js';
import { Cast } from './cast.js';
import { Tour } from './tour.js';

const CAME_BACK = notice.success(say('元の接続元に戻しました。'));

/** The demo's first page. Its sign-ins are posts to the login page, like everybody's. */
@Controller('dev')
@Public()
export class LauncherController {
  constructor(
    private readonly tour: Tour,
    private readonly cast: Cast,
    private readonly operators: DemoOperators,
    private readonly mailbox: Mailbox,
  ) {}

  @Get()
  async show(@Query('stop') asked: unknown, @Visitor() visit: Visit): Promise<Answer> {
    const stops = await this.tour.stops(isElsewhere(visit), Number(asked));
    return page('demo/launcher', 'デモのご案内', {
      stops,
      done: stops.filter(({ isDone }) => isDone).length,
      total: stops.length,
      companies: await this.cast.companies(),
      operators: await this.operators.cast(),
      password: DEMO_PASSWORD,
      mails: await this.mailbox.count(),
      elsewhere: isElsewhere(visit) ? ELSEWHERE_ADDRESS : null,
    });
  }

  @Post('place')
  move(@Body() { place }: FormBody, @Visitor() visit: Visit): Answer {
    if (place === 'elsewhere') {
      goElsewhere(visit);
      return seeOther('/dev?stop=9#stop-9');
    }
    comeBack(visit);
    return seeOther('/dev', CAME_BACK);
  }
}
