import { Controller, Get } from '@nestjs/common';
import type { SignedIn } from '../auth/sessions.js';
import { page, type Answer } from '../web/answers.js';
import { momentInWords } from '../web/deadline.js';
import { Visitor, type Visit } from '../web/visit.js';
import { OpenTasks } from './open-tasks.js';

/** The TOP page: who am I, and when was I here before. */
@Controller()
export class TopController {
  constructor(private readonly openTasks: OpenTasks) {}

  @Get()
  async show(@Visitor() visit: Visit): Promise<Answer> {
    const person = visit.person as SignedIn;
    const { corporationName, name, role, previousSignInAt, previousSignInAddress, failuresBefore } =
      person;
    const administrator = role === 'administrator';
    const tasks = await this.openTasks.of(person);
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
      tasks,
    });
  }
}
