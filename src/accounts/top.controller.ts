import { Controller, Get } from '@nestjs/common';
import type { SignedIn } from '../auth/sessions.js';
import { page, type Answer } from '../web/answers.js';
import { momentInWords } from '../web/deadline.js';
import { Visitor, type Visit } from '../web/visit.js';
import type { Task } from './task.js';

/** The TOP page: who am I, and when was I here before. */
@Controller()
export class TopController {
  @Get()
  show(@Visitor() visit: Visit): Answer {
    const { corporationName, name, role, previousSignInAt, previousSignInAddress, failuresBefore } =
      visit.person as SignedIn;
    const administrator = role === 'administrator';
    const tasks: Task[] = [];
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
