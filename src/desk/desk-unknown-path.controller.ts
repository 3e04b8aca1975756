import { Controller, Get, Module, Post, Req } from '@nestjs/common';
import { DeskEntrance } from '../web/access.js';
import { refuseUnknown } from '../web/pages/unknown-path.js';
import type { VisitedRequest } from '../web/visit.js';

/** Every path of the desk that no other route takes. */
@Controller('desk')
@DeskEntrance()
export class DeskUnknownPathController {
  @Get('*path')
  show(@Req() request: VisitedRequest): never {
    refuseUnknown(request);
  }

  @Post('*path')
  send(@Req() request: VisitedRequest): never {
    refuseUnknown(request);
  }
}

/** Imported behind all modules with pages of the desk. */
@Module({ controllers: [DeskUnknownPathController] })
export class DeskUnknownPathModule {}
