import { Module } from '@nestjs/common';
import { JobsModule } from '../jobs/jobs.module.js';
import { CaseAnswers } from './case-answers.js';
import { DeskCalendar } from './desk-calendar.js';
import { DeskCases } from './desk-cases.js';
import { DueTimes } from './due-times.js';
import { LostAnswers } from './lost-answers.js';

/** What other features know of the desk's cases: how they are opened, and what the desk answered. */
@Module({
  imports: [JobsModule],
  providers: [CaseAnswers, DeskCalendar, DeskCases, DueTimes, LostAnswers],
  exports: [CaseAnswers, DeskCalendar, DeskCases, DueTimes],
})
export class CasesModule {}
