import { Controller, Get, Query } from '@nestjs/common';
import { DeskPage } from '../../web/access.js';
import { page, type Answer } from '../../web/answers.js';
import { numberedPages } from '../../web/pagination.js';
import { say } from '../../web/sentence.js';
import { CurrentOperator } from '../sign-in/current-operator.js';
import type { SignedInOperator } from '../sign-in/desk-sessions.js';
import {
  caseListPath,
  criteriaView,
  givenCriteria,
  readCaseFilter,
  type CaseFilter,
} from './case-filter.js';
import { CASES_A_PAGE, CaseLists } from './case-lists.js';

/** What the desk has to do, the most urgent first. */
@Controller('desk/cases')
@DeskPage()
export class DeskCasesController {
  constructor(private readonly lists: CaseLists) {}

  @Get()
  async list(
    @Query() query: Record<string, unknown>,
    @CurrentOperator() { operatorId }: SignedInOperator,
  ): Promise<Answer> {
    const filter = readCaseFilter(query);
    const { cases, total, setAside } = await this.lists.page(filter, operatorId);
    return page('desk/cases', say('事案'), {
      cases,
      hasQuestions: cases.some(({ isQuestion, isOpen }) => isQuestion && isOpen),
      setAside: filter.all ? 0 : setAside,
      isNarrowed: isNarrowed(filter),
      isUnfolded: isNarrowed({ ...filter, state: '' }),
      criteria: givenCriteria(filter),
      ...criteriaView(filter),
      ...numberedPages(filter.page, CASES_A_PAGE, total, (number) =>
        caseListPath({ ...filter, page: number }),
      ),
    });
  }
}

function isNarrowed(filter: CaseFilter): boolean {
  return caseListPath({ ...filter, page: 1 }) !== caseListPath({ page: 1 });
}
