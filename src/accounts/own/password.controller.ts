import { Body, Controller, Get, Post } from '@nestjs/common';
import { NewPasswords } from '../../auth/passwords/new-passwords.js';
import {
  CURRENT_PASSWORD_WRONG,
  currentPasswordProblem,
  typedPassword,
} from '../../auth/passwords/typed-password.js';
import { knownSource } from '../../limits/source.js';
import { TakesTurns } from '../../limits/strangers-turns.js';
import { Me } from '../../auth/sessions/me.js';
import type { SignedIn } from '../../auth/sessions/sessions.js';
import { Credentials } from '../../auth/sign-in/credentials.js';
import { tooManyFailures } from '../../auth/sign-in/refused-sign-ins.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import { FormReading, type FormBody, type Problem } from '../../web/forms/forms.js';
import { notice } from '../../web/notices.js';
import { say } from '../../web/sentence.js';
import { OwnAccount } from './own-account.js';
import { PasswordChange } from './password-change.js';

const PASSWORD_CHANGED = notice.success(
  say(
    'パスワードを変更し、ほかの端末からはログアウトしました。ほかの端末では、新しいパスワードでログインしてください。',
  ),
);

const SAME: Problem = {
  name: 'password',
  sentence: say('現在のパスワードと同じです。別のパスワードを入力してください。'),
};

/** パスワードの変更: the current one is asked for, however fresh it is. */
@Controller('me/password')
export class PasswordController {
  constructor(
    private readonly account: OwnAccount,
    private readonly credentials: Credentials,
    private readonly newPasswords: NewPasswords,
    private readonly passwords: PasswordChange,
  ) {}

  @Get()
  show(@Me() person: SignedIn): Promise<Answer> {
    return this.#page(new FormReading(), person);
  }

  @Post()
  @TakesTurns('person')
  async change(@Body() body: FormBody, @Me() person: SignedIn): Promise<Answer> {
    const { visit } = person;
    const owner = await this.account.of(person);
    const { loginId, email, name, nameKana, phone, corporation } = owner;
    const others = [corporation.name, name, nameKana, phone];
    const source = knownSource(`account ${person.accountId}`, visit);
    const current = typedPassword(body, 'currentPassword');
    const wrong = currentPasswordProblem(current);
    const broken = await this.newPasswords.problems(body, { loginId, email, others }, source);
    const problems = wrong ? [wrong, ...broken] : broken;
    if (problems.length > 0) return this.#page(new FormReading({}, ...problems), person);
    if (current === typedPassword(body, 'password')) return this.#refuse(SAME, person);
    const checked = await this.credentials.check(loginId, current, visit, 'password-change');
    if (!checked.ok && 'retryAfter' in checked) return tooManyFailures(checked.retryAfter);
    if (!checked.ok) return this.#refuse(CURRENT_PASSWORD_WRONG, person);
    const hash = await this.newPasswords.hash(body, source);
    const changed = await this.passwords.change(owner, checked, hash, person);
    return changed
      ? seeOther('/me', PASSWORD_CHANGED)
      : this.#refuse(CURRENT_PASSWORD_WRONG, person);
  }

  #refuse(problem: Problem, person: SignedIn): Promise<Answer> {
    return this.#page(new FormReading({}, problem), person);
  }

  async #page(form: FormReading, person: SignedIn): Promise<Answer> {
    const { loginId } = await this.account.of(person);
    const model = { form, loginId, ...this.newPasswords.rules };
    return page('own/password', 'パスワードの変更', model);
  }
}
