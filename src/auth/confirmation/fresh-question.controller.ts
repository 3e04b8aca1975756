import { randomUUID } from 'node:crypto';
import { Controller, Get } from '@nestjs/common';
import { Public } from '../../web/access.js';
import { seeOther, type Answer } from '../../web/answers.js';
import { ownPath } from '../../web/own-path.js';
import { QUESTION_PATH } from '../../web/requests/kept-forms.js';
import { Visitor, type Visit } from '../../web/visit.js';
import { signedInOf } from '../sessions/me.js';
import { FreshQuestion } from './fresh-question.js';

/**
 * The question that `FreshPasswordGuard` asks, once more in another language. Public, because it
 * stands before pages with all kinds of access, and shows nobody but its person what they entered.
 */
@Controller(QUESTION_PATH)
@Public()
export class FreshQuestionController {
  constructor(private readonly question: FreshQuestion) {}

  @Get()
  async show(@Visitor() visit: Visit): Promise<Answer> {
    const person = signedInOf(visit);
    const { interrupted, interruptedFile, ...fields } = visit.kept ?? {};
    if (!person || typeof interrupted !== 'string') return seeOther('/');
    return this.question.page(person, {
      action: ownPath(interrupted),
      isFile: interruptedFile === 'yes',
      fields: { ...fields, formId: randomUUID() },
    });
  }
}
