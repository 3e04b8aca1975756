import { Body, Controller, Get, Post } from '@nestjs/common';
import { Credentials } from '../../../auth/credentials.js';
import { NewPasswords } from '../../../auth/new-passwords.js';
import { tooManyFailures } from '../../../auth/too-many-failures.js';
import { page, seeOther, type Answer } from '../../../web/answers.js';
import { newForm, refusedForm, type FormBody, type FormReading } from '../../../web/forms.js';
import { Visitor, type Visit } from '../../../web/visit.js';
import { currentPasswordProblem, ownerOf, SAME, typedPassword, WRONG } from './password.form.js';
import { OwnAccount } from '../own-account.js';
import { PasswordChange } from './password-change.js';

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
  show(@Visitor() visit: Visit): Promise<Answer> {
    return this.#page(newForm(), visit);
  }

  @Post()
  async change(@Body() body: FormBody, @Visitor() visit: Visit): Promise<Answer> {
    const owner = await this.account.details(visit);
    const current = typedPassword(body, 'currentPassword');
    const problems = [
      ...currentPasswordProblem(current),
      ...(await this.newPasswords.problems(body, ownerOf(owner))),
    ];
    if (problems.length > 0) return this.#page(refusedForm({}, ...problems), visit, 422);
    if (current === typedPassword(body, 'password')) return this.#refuse(SAME, visit);
    const checked = await this.credentials.check(owner.loginId, current, visit, 'password-change');
    if (!checked.ok && checked.reason === 'too-many-failures')
      return tooManyFailures(checked.retryAfter);
    if (!checked.ok) return this.#refuse(WRONG, visit);
    const hash = await this.newPasswords.hash(body);
    const changed = await this.passwords.change(owner, checked, hash, visit);
    return changed ? seeOther('/me', 'password-changed') : this.#refuse(WRONG, visit);
  }

  #refuse(problem: typeof WRONG, visit: Visit): Promise<Answer> {
    return this.#page(refusedForm({}, problem), visit, 422);
  }

  async #page(form: FormReading, visit: Visit, status = 200): Promise<Answer> {
    const { loginId } = await this.account.details(visit);
    const model = { form, loginId, ...this.newPasswords.rules };
    return page('own/password', 'パスワードの変更', model, { status });
  }
}
