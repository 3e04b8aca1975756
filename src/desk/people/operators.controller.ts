import { Body, Controller, Get, Post } from '@nestjs/common';
import { DeskFactorForPage, DeskForm, DeskPage, FreshDeskFactor } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import { FormReading, readForm, type FormBody, type Problem } from '../../web/forms/forms.js';
import { about, notice } from '../../web/notices.js';
import { say } from '../../web/sentence.js';
import { CurrentOperator } from '../sign-in/current-operator.js';
import type { SignedInOperator } from '../sign-in/desk-sessions.js';
import { NewOperatorForm } from './operator.form.js';
import { Operators, type CreationRefusal } from './operators.js';
import { operatorView } from './operator-view.js';

const ADDED = notice.success(
  say('{name} さんを追加し、設定のためのメールを{email}に送りました。URLは3日間使えます。'),
);

const PROBLEMS: Record<CreationRefusal, Problem> = {
  'login-id-taken': {
    name: 'loginId',
    sentence: say('このログインIDはすでに使われています。別のログインIDを入力してください。'),
  },
  'name-taken': {
    name: 'name',
    sentence: say(
      'この名前か、見分けにくい名前のオペレーターがいます。記録で見分けられる名前を入力してください。',
    ),
  },
  'mailbox-taken': {
    name: 'email',
    sentence: say(
      'このメールアドレスは、ほかのオペレーターが使っています。2人の判断が1人でできないよう、ご本人だけが読めるアドレスを入力してください。',
    ),
  },
  'not-entitled': { name: 'role', sentence: say('責任者だけが行えます。') },
};

/** オペレーター: the people of the desk, for its leads. */
@Controller('desk/operators')
@DeskPage('lead')
export class OperatorsController {
  constructor(private readonly operators: Operators) {}

  @Get()
  async show(@CurrentOperator() me: SignedInOperator): Promise<Answer> {
    const all = await this.operators.all();
    const operators = all.map((each) => ({
      ...operatorView(each),
      isOwn: each.id === me.operatorId,
    }));
    return page('desk/operators', say('オペレーターの管理'), { operators });
  }

  @Get('new')
  @FreshDeskFactor()
  form(): Answer {
    return newPage(new FormReading({ role: 'clerk' }));
  }

  @Post('new')
  @DeskFactorForPage()
  @DeskForm(() => NewOperatorForm)
  async add(@Body() body: FormBody, @CurrentOperator() me: SignedInOperator): Promise<Answer> {
    const read = readForm(NewOperatorForm, body);
    if (!read.ok) return newPage(read.reading);
    const { why, ...given } = read.form;
    const by = { operator: me.name, why, visit: me.visit };
    const created = await this.operators.create(given, by);
    if (created.ok)
      return seeOther('/desk/operators', about(ADDED, { name: given.name, email: given.email }));
    return newPage(new FormReading(read.form, PROBLEMS[created.reason]));
  }
}

function newPage(form: FormReading): Answer {
  return page('desk/new-operator', say('オペレーターの追加'), { form });
}
