import { Controller, Get } from '@nestjs/common';
import { DeskPage } from '../../web/access.js';
import { page, type Answer } from '../../web/answers.js';
import { FormReading } from '../../web/forms/forms.js';
import { say } from '../../web/sentence.js';
import { CaseLists } from '../cases/case-lists.js';
import { CurrentOperator } from '../sign-in/current-operator.js';
import type { SignedInOperator } from '../sign-in/desk-sessions.js';

const SHOWN_ON_TOP = 5;

/** 担当窓口のTOPページ: where the desk's people begin. */
@Controller('desk')
@DeskPage()
export class DeskTopController {
  constructor(private readonly cases: CaseLists) {}

  @Get()
  async show(@CurrentOperator() me: SignedInOperator): Promise<Answer> {
    const { name, role, previousSignInAt } = me;
    return page('desk/top', say('TOPページ'), {
      name,
      isLead: role === 'lead',
      lastSignInAt: previousSignInAt,
      cases: await this.cases.counts(me.operatorId),
      urgent: await this.cases.mostUrgent(SHOWN_ON_TOP),
      form: new FormReading(),
    });
  }
}
