import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { DeskCases } from '../../cases/desk-cases.js';
import { DeskPage } from '../../web/access.js';
import { seeOther, type Answer } from '../../web/answers.js';
import { FormReading, readForm, type FormBody } from '../../web/forms/forms.js';
import { about } from '../../web/notices.js';
import { ReasonForm } from '../people/operator.form.js';
import { say } from '../../web/sentence.js';
import { CurrentOperator } from '../sign-in/current-operator.js';
import type { SignedInOperator } from '../sign-in/desk-sessions.js';
import { CasePages, casePath } from './case-page.js';
import {
  CASE_REFUSALS,
  DONE_TO_CASE,
  GOES_ON_HERE,
  isCaseAct,
  OPEN_AGAIN,
  type CaseAct,
} from './case-act-words.js';
import { CaseWork, type CaseWorked } from './case-work.js';
import { NoteForm } from './note.form.js';

/** The end of a case is not the end of what it began. */
const GOES_ON = {
  name: 'goesOn',
  sentence: say('解除のお手続きが続くことを、チェックを付けて確認してください。'),
};

class NoForm {}

const FORMS: Partial<Record<CaseAct, new () => object>> = {
  note: NoteForm,
  close: ReasonForm,
  reopen: ReasonForm,
};

/** One case: what it is about, what was done, and who does what next. */
@Controller('desk/cases/:number')
@DeskPage()
export class DeskCaseController {
  constructor(
    private readonly pages: CasePages,
    private readonly work: CaseWork,
    private readonly cases: DeskCases,
  ) {}

  @Get()
  show(@Param('number') number: string, @CurrentOperator() me: SignedInOperator): Promise<Answer> {
    return this.pages.show(number, me, new FormReading());
  }

  /** `act`: `take`, `drop`, `assign` to `assignee`, `note`, `wait`, `go-on`, `close` or `reopen`. */
  @Post()
  async act(
    @Param('number') number: string,
    @Body() body: FormBody,
    @CurrentOperator() me: SignedInOperator,
  ): Promise<Answer> {
    const { caseNumber } = await this.pages.find(number);
    const { act = '', assignee = '', goesOn } = body;
    if (!isCaseAct(act)) return seeOther(casePath(caseNumber));
    const read = readForm<{ note?: string; why?: string }>(FORMS[act] ?? NoForm, body);
    if (!read.ok) return this.pages.show(caseNumber, me, read.reading);
    const { note = '', why = '' } = read.form;
    const isUnseen = act === 'close' && goesOn !== 'yes';
    if (isUnseen && (await this.pages.runsOn(caseNumber)))
      return this.pages.show(caseNumber, me, new FormReading(read.form, GOES_ON));
    const worked = await this.#work(act, caseNumber, me, { note, why, assignee });
    if (!worked.ok && worked.reason === 'state-changed' && act === 'reopen')
      return this.#ledOn(caseNumber);
    const told = worked.ok ? DONE_TO_CASE[act] : CASE_REFUSALS[worked.reason];
    return seeOther(casePath(caseNumber), about(told, { number: caseNumber }));
  }

  /** Somebody opened it again, or the same has another case by now. */
  async #ledOn(number: string): Promise<Answer> {
    const successor = await this.cases.successorOf(await this.pages.find(number));
    const told = successor ? GOES_ON_HERE : OPEN_AGAIN;
    return seeOther(casePath(successor?.caseNumber ?? number), about(told, { number }));
  }

  #work(
    act: CaseAct,
    number: string,
    me: SignedInOperator,
    { note, why, assignee }: Record<'note' | 'why' | 'assignee', string>,
  ): Promise<CaseWorked> {
    switch (act) {
      case 'take':
        return this.work.take(number, me);
      case 'drop':
        return this.work.assign(number, me);
      case 'assign':
        return this.work.assign(number, me, assignee);
      case 'note':
        return this.work.note(number, me, note);
      case 'wait':
        return this.work.wait(number, me);
      case 'go-on':
        return this.work.goOn(number, me);
      case 'close':
        return this.work.close(number, me, why);
      case 'reopen':
        return this.work.reopen(number, me, why);
    }
  }
}
