import { Module } from '@nestjs/common';
import { CaseAnswers } from './case-answers.js';
import { DeskCalendar } from './desk-calendar.js';
import { DeskCases } from './desk-cases.js';

/** What other features know of the desk's cases: how they are opened, and what the desk answered. */
@Module({
  providers: [CaseAnswers, DeskCalendar, DeskCases],
  exports: [CaseAnswers, DeskCalendar, DeskCases],
})
export class CasesModule {}
