import { Body, Controller, Get, NotFoundException, Param, Post } from '@nestjs/common';
import type { DeskAct } from '../../admin-enrollment/desk-act.js';
import type { Settled } from '../../audit/audit.js';
import type { Operator } from '../../identity/operator.entity.js';
import { DeskFactorForPage, DeskForm, DeskPage, FreshDeskFactor } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import { FormReading, readForm, type FormBody } from '../../web/forms/forms.js';
import { about, notice, type Notice } from '../../web/notices.js';
import { say } from '../../web/sentence.js';
import { isUuid } from '../../web/uuid.js';
import { CurrentOperator } from '../sign-in/current-operator.js';
import type { SignedInOperator } from '../sign-in/desk-sessions.js';
import { ReasonForm } from './operator.form.js';
import { operatorView } from './operator-view.js';
import { Operators, type OperatorRefusal } from './operators.js';

const LIST = '/desk/operators';

const DONE: Record<string, Notice> = {
  reset: notice.success(
    say('{name} さんのパスワードと2段階認証を取り消し、設定のためのメールを送りました。'),
  ),
  end: notice.success(say('{name} さんの利用を終了し、ログアウトさせました。')),
  lead: notice.success(say('{name} さんを責任者にしました。')),
  clerk: notice.success(say('{name} さんを責任者でなくしました。')),
};

const REFUSED: Record<OperatorRefusal, Notice> = {
  'account-unknown': notice.info(say('このオペレーターはいません。')),
  'state-changed': notice.info(say('{name} さんは、すでにその状態です。')),
  'same-operator': notice.warning(say('ご自分のことは、別の責任者に依頼してください。')),
  'not-entitled': notice.warning(say('責任者だけが行えます。')),
  'last-lead': notice.warning(
    say('ログインできる責任者がいなくなります。先に別の方を責任者にしてください。'),
  ),
};

/** One person of the desk: the role, a new link in place of a lost password or factor, the end. */
@Controller('desk/operators/:id')
@DeskPage('lead')
export class OperatorController {
  constructor(private readonly operators: Operators) {}

  @Get()
  @FreshDeskFactor()
  async show(@Param('id') id: string, @CurrentOperator() me: SignedInOperator): Promise<Answer> {
    return operatorPage(await this.#of(id), me, new FormReading());
  }

  /** `act`: `reset`, `end`, or the role that the person gets. */
  @Post()
  @DeskFactorForPage()
  @DeskForm(() => ReasonForm)
  async act(
    @Param('id') id: string,
    @Body() body: FormBody,
    @CurrentOperator() me: SignedInOperator,
  ): Promise<Answer> {
    const operator = await this.#of(id);
    const { act = '' } = body;
    const read = readForm(ReasonForm, body);
    if (!read.ok) return operatorPage(operator, me, read.reading);
    const by = { operator: me.name, why: read.form.why, visit: me.visit };
    const acted = await this.#act(act, operator, by);
    const told = acted.ok ? DONE[act]! : REFUSED[acted.reason];
    return seeOther(LIST, about(told, { name: operator.name }));
  }

  #act(act: string, { id }: Operator, by: DeskAct): Promise<Settled<OperatorRefusal>> {
    if (act === 'reset') return this.operators.reset(id, by);
    if (act === 'end') return this.operators.end(id, by);
    if (act === 'lead' || act === 'clerk') return this.operators.changeRole(id, act, by);
    throw new NotFoundException();
  }

  async #of(id: string): Promise<Operator> {
    const operator = isUuid(id) ? await this.operators.of(id) : null;
    if (!operator) throw new NotFoundException();
    return operator;
  }
}

function operatorPage(
  operator: Operator,
  { operatorId }: SignedInOperator,
  form: FormReading,
): Answer {
  const { id, createdAt, endedAt } = operator;
  const isOpen = !endedAt && id !== operatorId;
  const model = { form, ...operatorView(operator), createdAt, isOpen };
  return page('desk/operator', say('オペレーターの変更'), model);
}
