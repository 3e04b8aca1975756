import { Controller, Get } from '@nestjs/common';
import { Public } from '../../web/access.js';
import { seeOther, type Answer } from '../../web/answers.js';

/** The URL that manuals and bookmarks of the former system name. */
@Controller('meisai/initiate')
@Public()
export class LegacyController {
  @Get()
  leadOn(): Answer {
    return seeOther('/initiate');
  }
}
