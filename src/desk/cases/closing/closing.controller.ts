import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { DeskPage } from '../../../web/access.js';
import { page, seeOther, type Answer } from '../../../web/answers.js';
import { FormReading, readForm, type FormBody } from '../../../web/forms/forms.js';
import { ListOf, TakesLists } from '../../../web/forms/repeated-fields.js';
import { about, notice } from '../../../web/notices.js';
import { say } from '../../../web/sentence.js';
import { ReasonForm } from '../../people/operator.form.js';
import { CurrentOperator } from '../../sign-in/current-operator.js';
import type { SignedInOperator } from '../../sign-in/desk-sessions.js';
import { caseListPath, givenCriteria, readCaseFilter } from '../case-filter.js';
import { CaseLists } from '../case-lists.js';
import { CaseWork } from '../case-work.js';

const TITLE = say('お問い合わせをまとめて完了にする');
const CLOSED = notice.success(say('お問い合わせ{count}件を完了にしました。'));
const NONE_CHOSEN = notice.warning(
  say('完了にするお問い合わせが選ばれていません。お問い合わせにチェックを付けてください。'),
);
const NONE_OPEN = notice.warning(say('選ばれたお問い合わせは、すでに完了しています。'));

/** Questions that need no answer, chosen in the list and closed together: of a flood, say. */
@Controller('desk/cases/closing')
@DeskPage()
export class CaseClosingController {
  constructor(
    private readonly lists: CaseLists,
    private readonly work: CaseWork,
  ) {}

  /** `case` once for each number, and how the list was narrowed. */
  @Get()
  show(@Query() query: Record<string, unknown>): Promise<Answer> {
    const numbers = [query.case ?? []].flat().map(String);
    return this.#page(numbers, query, new FormReading());
  }

  @Post()
  @TakesLists('case')
  async close(
    @ListOf('case') numbers: string[],
    @Body() body: FormBody,
    @CurrentOperator() me: SignedInOperator,
  ): Promise<Answer> {
    const read = readForm(ReasonForm, body);
    if (!read.ok) return this.#page(numbers, body, read.reading);
    const count = await this.work.closeQuestions(numbers, me, read.form.why);
    const told = count > 0 ? about(CLOSED, { count }) : NONE_OPEN;
    // The page may be empty by now.
    const { page: _, ...criteria } = readCaseFilter(body);
    return seeOther(caseListPath(criteria), told);
  }

  async #page(
    numbers: string[],
    query: Record<string, unknown>,
    form: FormReading,
  ): Promise<Answer> {
    const filter = readCaseFilter(query);
    const back = caseListPath(filter);
    if (numbers.length === 0) return seeOther(back, NONE_CHOSEN);
    const chosen = await this.lists.questions(numbers);
    if (chosen.length === 0) return seeOther(back, NONE_OPEN);
    const model = {
      form,
      cases: chosen,
      count: chosen.length,
      isRead: chosen.some(({ corporation }) => corporation),
      criteria: givenCriteria(filter),
      back,
    };
    return page('desk/closing', TITLE, model);
  }
}
