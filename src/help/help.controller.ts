import { Controller, Get, NotFoundException, Param, Query } from '@nestjs/common';
import { Public } from '../web/access.js';
import { page, type Answer } from '../web/answers.js';
import { typedText } from '../web/forms/fields.js';
import { Visitor, type Visit } from '../web/visit.js';
import { Answers } from './answers.js';
import { guidePictures } from './guide-pictures.js';
import { guides } from './guides.js';
import { topics } from './topics.js';

const LONGEST_SEARCH = 100;

/** よくある質問, open to everybody, because many who need help cannot sign in. */
@Controller('help')
@Public()
export class HelpController {
  constructor(private readonly answers: Answers) {}

  @Get()
  index(@Query('q') query: unknown, @Visitor() visit: Visit): Answer {
    const typed = typedText(query).trim();
    const words = typed.slice(0, LONGEST_SEARCH);
    const found = this.answers.find(words, visit.language);
    return page('help/index', 'よくある質問', {
      words,
      most: typed === words ? null : LONGEST_SEARCH,
      topics: found.topics.map((topic) => ({
        guide: null,
        ...topic,
        answer: `help-${topic.name}`,
      })),
      guides: found.guides,
      ...this.answers.factsFor(visit),
    });
  }

  @Get(':name')
  one(@Param('name') name: string, @Visitor() visit: Visit): Answer {
    const guide = guides.find((each) => each.name === name);
    if (guide)
      return page('help/guide', guide.title, {
        path: guide.path,
        begin: guide.begin,
        steps: this.answers.stepsOf(guide).map(({ sentence, hint = null, picture }) => ({
          sentence,
          hint,
          picture: `guide-${visit.language}-${picture}`,
          alt: guidePictures[picture],
        })),
      });
    const topic = topics.find((each) => each.name === name);
    if (!topic) throw new NotFoundException();
    return page('help/topic', topic.question, {
      answer: `help-${topic.name}`,
      guide: topic.guide ?? null,
      ...this.answers.factsFor(visit),
    });
  }
}
