import { Controller, Get } from '@nestjs/common';
import { Me } from '../auth/sessions/me.js';
import type { SignedIn } from '../auth/sessions/sessions.js';
import { page, type Answer } from '../web/answers.js';
import { AdministratorNews } from './administrator-news.js';
import { OpenTasks } from './open-tasks.js';

@Controller()
export class TopController {
  constructor(
    private readonly openTasks: OpenTasks,
    private readonly administratorNews: AdministratorNews,
  ) {}

  @Get()
  async show(@Me() person: SignedIn): Promise<Answer> {
    const { tasks, isThereNews } = await this.openTasks.of(person);
    const { corporationName, name, role, previousSignInAt: time, failuresBefore } = person;
    return page('accounts/top', 'TOPページ', {
      corporationName,
      name,
      lastSignIn: time && { time, address: person.previousSignInAddress },
      failuresBefore,
      administrator: role === 'administrator',
      probation: person.isNewcomer ? { until: person.probationEndsAt } : null,
      tasks,
      news: isThereNews ? await this.administratorNews.of(person) : [],
    });
  }
}
