import { Controller, Get, NotFoundException, Param, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Public } from '../web/access.js';
import { seeOther, type Answer } from '../web/answers.js';
import { RecoveryLink } from './recovery-link.js';

/** The mailed URL: mail scanners open it, so it does nothing but move its key into a cookie. */
@Controller('password-reset')
@Public()
export class LinkController {
  constructor(private readonly link: RecoveryLink) {}

  @Get(':token')
  keep(@Param('token') token: string, @Res({ passthrough: true }) response: Response): Answer {
    if (!/^[\w-]{20,100}$/.test(token)) throw new NotFoundException();
    this.link.keep(token, response);
    return seeOther('/password-reset/numbers');
  }
}
