import { Controller, Get, Query } from '@nestjs/common';
import { ASKED_OUTCOMES } from '../../log/lines/shown-to-desk.js';
import { FORMATS } from '../../log/log-files.js';
import { logView, topicChoices } from '../../log/log-view.js';
import { LogEntries, NO_ENTRIES } from '../../log/query/log-entries.js';
import { readPlace } from '../../log/query/log-position.js';
import { DeskPage } from '../../web/access.js';
import { page, type Answer } from '../../web/answers.js';
import { choicesOf } from '../../web/forms/choices.js';
import { FormReading } from '../../web/forms/forms.js';
import { say } from '../../web/sentence.js';
import { CurrentOperator } from '../sign-in/current-operator.js';
import type { SignedInOperator } from '../sign-in/desk-sessions.js';
import { DESK_TOPICS, DeskLog } from './desk-log.js';

/** 担当窓口の記録: what the desk did at all companies, and for itself. */
@Controller('desk/log')
@DeskPage()
export class DeskLogController {
  constructor(
    private readonly log: DeskLog,
    private readonly entries: LogEntries,
  ) {}

  @Get()
  async show(
    @Query() query: Record<string, unknown>,
    @CurrentOperator() me: SignedInOperator,
  ): Promise<Answer> {
    const filter = await this.log.read(query, me);
    const { fields, criteria, problems } = filter;
    const shown =
      problems.length > 0
        ? NO_ENTRIES
        : await this.entries.page('desk', criteria, readPlace(query.page));
    const isLead = me.role === 'lead';
    const operators = isLead ? await this.log.operators() : [];
    const { operator: _, company: __, ...folded } = fields;
    const model = {
      ...logView('/desk/log', filter, shown, me.visit.language, 'desk'),
      form: new FormReading(fields, ...problems),
      fields,
      isUnfolded: Object.values(folded).some((value) => value !== ''),
      isLead,
      operators: operators.map((name) => ({ name, chosen: name === fields.operator })),
      topics: topicChoices(filter.ofTopics, DESK_TOPICS),
      outcomes: choicesOf(ASKED_OUTCOMES, fields.outcome),
      formats: FORMATS,
    };
    return page('desk/log', say('担当窓口の記録'), model);
  }
}
