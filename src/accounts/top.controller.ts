import { Controller, Get } from '@nestjs/common';
import type { SignedIn } from '../auth/sessions.js';
import { page, type Answer } from '../web/answers.js';
import { momentInWords } from '../web/deadline.js';
import { Visitor, type Visit } from '../web/visit.js';

/** The TOP page: who am I, and when was I here before. */
@Controller()
export class TopController {
  @Get()
  show(@Visitor() visit: Visit): Answer {
    const { corporationName, name, previousSignInAt, previousSignInAddress, failuresBefore } =
      visit.person as SignedIn;
    const lastSignIn = previousSignInAt && {
      time: momentInWords(previousSignInAt, visit.language),
      address: previousSignInAddress,
    };
    return page('accounts/top', 'TOPページ', { corporationName, name, lastSignIn, failuresBefore });
  }
}
