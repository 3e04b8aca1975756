import { Controller, Get, Module, Post, Req } from '@nestjs/common';
import { Public } from '../access.js';
import type { VisitedRequest } from '../visit.js';
import { refuseUnknown } from './unknown-path.js';

/** Every path that no other route takes: only a route has guards, which know who is signed in. */
@Controller()
@Public()
export class UnknownPathController {
  @Get('*path')
  show(@Req() request: VisitedRequest): never {
    refuseUnknown(request);
  }

  @Post('*path')
  send(@Req() request: VisitedRequest): never {
    refuseUnknown(request);
  }
}

/** Imported last. */
@Module({ controllers: [UnknownPathController] })
export class UnknownPathModule {}
