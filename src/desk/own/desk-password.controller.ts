import { Body, Controller, Get, Post } from '@nestjs/common';
import { NewPasswords } from '../../auth/passwords/new-passwords.js';
import { LONGEST_PASSWORD_BYTES, typedPassword } from '../../auth/passwords/typed-password.js';
import { tooManyFailures } from '../../auth/sign-in/refused-sign-ins.js';
import { DeskPage } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import { FormReading, type FormBody, type Problem } from '../../web/forms/forms.js';
import { notice } from '../../web/notices.js';
import { say } from '../../web/sentence.js';
import { Operators } from '../people/operators.js';
import { CurrentOperator } from '../sign-in/current-operator.js';
import { DeskCredentials } from '../sign-in/desk-credentials.js';
import type { SignedInOperator } from '../sign-in/desk-sessions.js';
import { knownDeskSource } from '../sign-in/desk-source.js';
import { OwnSignIn } from './own-sign-in.js';

const CHANGED = notice.success(
  say(
    'パスワードを変更し、ほかの端末からはログアウトしました。ほかの端末では、新しいパスワードでログインしてください。',
  ),
);
const WRONG: Problem = {
  name: 'currentPassword',
  sentence: say(
    'パスワードを確認できませんでした。もう一度入力してください。続けて間違えると、しばらくのあいだ正しいパスワードでも確認できません。',
  ),
};
const SAME: Problem = {
  name: 'password',
  sentence: say('現在のパスワードと同じです。別のパスワードを入力してください。'),
};

/** パスワードの変更 of somebody of the desk: the current one is asked for, with the sign-in's counters. */
@Controller('desk/me/password')
@DeskPage()
export class DeskPasswordController {
  constructor(
    private readonly operators: Operators,
    private readonly credentials: DeskCredentials,
    private readonly newPasswords: NewPasswords,
    private readonly own: OwnSignIn,
  ) {}

  @Get()
  show(@CurrentOperator() { loginId }: SignedInOperator): Answer {
    return this.#page(new FormReading(), loginId);
  }

  @Post()
  async change(@Body() body: FormBody, @CurrentOperator() me: SignedInOperator): Promise<Answer> {
    const { loginId, name, visit } = me;
    const { email } = (await this.operators.of(me.operatorId))!;
    const source = knownDeskSource(`operator ${me.operatorId}`, visit);
    const owner = { loginId, email, others: [name] };
    const current = typedPassword(body, 'currentPassword');
    const problems = await this.newPasswords.problems(body, owner, source);
    if (current === typedPassword(body, 'password') && problems.length === 0) problems.push(SAME);
    if (current === '' || Buffer.byteLength(current) > LONGEST_PASSWORD_BYTES) problems.push(WRONG);
    if (problems.length > 0) return this.#refuse(problems, loginId);
    const checked = await this.credentials.check(loginId, current, visit, 'desk-password');
    if (!checked.ok && 'retryAfter' in checked) return tooManyFailures(checked.retryAfter);
    if (!checked.ok) return this.#refuse([WRONG], loginId);
    const hash = await this.newPasswords.hash(body, source);
    const changed = await this.own.changePassword(me, checked.passwordHash, hash);
    if (changed.ok) return seeOther('/desk/me', CHANGED);
    // The guard leads to the sign-in.
    if (changed.reason === 'sign-in-over') return seeOther('/desk/me/password');
    return this.#refuse([WRONG], loginId);
  }

  #refuse(problems: Problem[], loginId: string): Answer {
    return this.#page(new FormReading({}, ...problems), loginId);
  }

  #page(form: FormReading, loginId: string): Answer {
    const model = { form, loginId, ...this.newPasswords.rules };
    return page('desk/password', 'パスワードの変更', model);
  }
}
