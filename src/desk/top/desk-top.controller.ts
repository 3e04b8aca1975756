import { EntityManager } from '@mikro-orm/postgresql';
import { Controller, Get } from '@nestjs/common';
import { databaseNow } from '../../database/clock.js';
import { DeskPage } from '../../web/access.js';
import { page, type Answer } from '../../web/answers.js';
import { FormReading } from '../../web/forms/forms.js';
import { say } from '../../web/sentence.js';
import { caseRow } from '../cases/case-list-view.js';
import { CaseLists } from '../cases/case-lists.js';
import { CurrentOperator } from '../sign-in/current-operator.js';
import type { SignedInOperator } from '../sign-in/desk-sessions.js';

const SHOWN_ON_TOP = 5;

/** 担当窓口のTOPページ: where the desk's people begin. */
@Controller('desk')
@DeskPage()
export class DeskTopController {
  constructor(
    private readonly em: EntityManager,
    private readonly cases: CaseLists,
  ) {}

  @Get()
  async show(@CurrentOperator() me: SignedInOperator): Promise<Answer> {
    const { name, role, previousSignInAt } = me;
    const [urgent, now] = [await this.cases.mostUrgent(SHOWN_ON_TOP), await databaseNow(this.em)];
    return page('desk/top', say('TOPページ'), {
      name,
      isLead: role === 'lead',
      lastSignInAt: previousSignInAt,
      cases: await this.cases.counts(me.operatorId),
      urgent: urgent.map((listed) => caseRow(listed, now)),
      form: new FormReading(),
    });
  }
}
