import { Controller, Get, Query } from '@nestjs/common';
import { Public } from '../../web/access.js';
import type { Answer } from '../../web/answers.js';
import { Visitor, type Visit } from '../../web/visit.js';
import { ClosedAccounts } from './closed-accounts.js';

/** Why the right password lets nobody in. */
@Controller('login/closed')
@Public()
export class ClosedController {
  constructor(private readonly closed: ClosedAccounts) {}

  @Get()
  show(@Query('flow') flow: unknown, @Visitor() visit: Visit): Promise<Answer> {
    return this.closed.page(flow, visit);
  }
}
