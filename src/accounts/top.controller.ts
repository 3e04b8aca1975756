import { Controller, Get } from '@nestjs/common';
import { Cases } from '../admin-enrollment/succession/cases.js';
import type { SignedIn } from '../auth/sessions.js';
import { page, type Answer } from '../web/answers.js';
import { momentInWords } from '../web/deadline.js';
import { Visitor, type Visit } from '../web/visit.js';

/** The TOP page: who am I, and when was I here before. */
@Controller()
export class TopController {
  constructor(private readonly cases: Cases) {}

  @Get()
  async show(@Visitor() visit: Visit): Promise<Answer> {
    const { corporationName, name, role, previousSignInAt, previousSignInAddress, failuresBefore } =
      visit.person as SignedIn;
    const administrator = role === 'administrator';
    const tasks = administrator ? await this.cases.openTasks(visit.person!) : [];
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
