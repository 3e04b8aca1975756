import { Controller, Get } from '@nestjs/common';
import { Me } from '../auth/sessions/me.js';
import type { SignedIn } from '../auth/sessions/sessions.js';
import { page, type Answer } from '../web/answers.js';
import { momentInWords } from '../web/moment-in-words.js';
import { Visitor, type Visit } from '../web/visit.js';
import { AdministratorNews } from './administrator-news.js';
import { OpenTasks } from './open-tasks.js';

/** The TOP page: who am I, and when was I here before. */
@Controller()
export class TopController {
  constructor(
    private readonly openTasks: OpenTasks,
    private readonly administratorNews: AdministratorNews,
  ) {}

  @Get()
  async show(@Me() person: SignedIn, @Visitor() visit: Visit): Promise<Answer> {
    const { corporationName, name, role, previousSignInAt, previousSignInAddress, failuresBefore } =
      person;
    const administrator = role === 'administrator';
    const tasks = await this.openTasks.of(person);
    const news = await this.administratorNews.of(person, visit.language);
    const { isNewcomer, probationEndsAt } = person;
    const lastSignIn = previousSignInAt && {
      time: momentInWords(previousSignInAt, visit.language),
      address: previousSignInAddress,
    };
    return page('accounts/top', 'TOPページ', {
      corporationName,
      name,
      lastSignIn,
      failuresBefore,
      administrator,
      probation: isNewcomer ? { until: momentInWords(probationEndsAt!, visit.language) } : null,
      tasks,
      news,
    });
  }
}
