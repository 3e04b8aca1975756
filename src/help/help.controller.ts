import { Controller, Get, NotFoundException, Param } from '@nestjs/common';
import { Config } from '../config.js';
import { Public } from '../web/access.js';
import { page, type Answer } from '../web/answers.js';
import { Visitor, type Visit } from '../web/visit.js';
import { topics } from './topics.js';

/** よくある質問, open to everybody, because many who need help cannot sign in. */
@Controller('help')
@Public()
export class HelpController {
  constructor(private readonly config: Config) {}

  @Get()
  index(): Answer {
    return page('help/index', 'よくある質問', { topics });
  }

  @Get(':topic')
  topic(@Param('topic') name: string, @Visitor() visit: Visit): Answer {
    const topic = topics.find((each) => each.name === name);
    if (!topic) throw new NotFoundException();
    return page(`help/${topic.name}`, topic.question, {
      mailFrom: this.config.mailFrom,
      address: visit.address,
    });
  }
}
