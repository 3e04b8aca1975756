import { Controller, Get, Module, NotFoundException, Post } from '@nestjs/common';
import { Public } from '../access.js';

/** Every path that no other route takes: only a route has guards, which know who is signed in. */
@Controller()
@Public()
export class UnknownPathController {
  @Get('*path')
  show(): never {
    throw new NotFoundException();
  }

  @Post('*path')
  send(): never {
    throw new NotFoundException();
  }
}

/** Imported last. */
@Module({ controllers: [UnknownPathController] })
export class UnknownPathModule {}
