import { Controller, Get, Param } from '@nestjs/common';
import { Public } from '../web/access.js';
import { seeOther, type Answer } from '../web/answers.js';
import { Visitor, type Visit } from '../web/visit.js';
import { linkRefused } from './recovery-flow.js';
import { RecoveryLink } from './recovery-link.js';

/** The mailed URL: mail scanners open it, so it does nothing but move its key into a cookie. */
@Controller('password-reset')
@Public()
export class LinkController {
  constructor(private readonly link: RecoveryLink) {}

  @Get(':token')
  keep(@Param('token') token: string, @Visitor() visit: Visit): Answer {
    if (!/^[\w-]{1,100}$/.test(token)) return linkRefused('link-unknown');
    this.link.keep(token, visit);
    return seeOther('/password-reset/numbers');
  }
}
