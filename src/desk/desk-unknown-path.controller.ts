import { Controller, Get, Module, NotFoundException, Post } from '@nestjs/common';
import { DeskEntrance } from '../web/access.js';

/** Every path of the desk that no other route takes. */
@Controller('desk')
@DeskEntrance()
export class DeskUnknownPathController {
  @Get('*path')
  show(): never {
    throw new NotFoundException();
  }

  @Post('*path')
  send(): never {
    throw new NotFoundException();
  }
}

/** Imported behind all modules with pages of the desk. */
@Module({ controllers: [DeskUnknownPathController] })
export class DeskUnknownPathModule {}
