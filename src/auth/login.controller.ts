import { Body, Controller, Get, Post, Query, UseGuards } from '@nestjs/common';
import { Public } from '../web/access.js';
import { page, seeOther, type Answer } from '../web/answers.js';
import { newForm, readForm, refusedForm, type FormBody, type FormReading } from '../web/forms.js';
import { notice } from '../web/notices.js';
import { ownPath } from '../web/own-path.js';
import { say } from '../web/sentence.js';
import { Visitor, type Visit } from '../web/visit.js';
import { addressRefused } from './address-refused.js';
import { Credentials, type Checked } from './credentials.js';
import { CheckedCredentials, LocalGuard } from './local.guard.js';
import { LoginForm } from './login.form.js';
import { TakesPasswords } from './refused-sources.guard.js';
import { SignIn } from './sign-in.js';
import { SignOut } from './sign-out.js';
import { tooManyFailures } from './too-many-failures.js';
import { UnfinishedSignIns } from './unfinished-sign-ins.js';

const SIGNED_OUT = notice('signed-out', 'success', 'ログアウトしました。');

const REFUSED = say(
  'ログインID・パスワードが相違しているか、初期登録が完了していないため、ログインできません。',
);

@Controller()
@Public()
export class LoginController {
  constructor(
    private readonly credentials: Credentials,
    private readonly signIn: SignIn,
    private readonly signOut: SignOut,
    private readonly unfinished: UnfinishedSignIns,
  ) {}

  @Get('login')
  show(@Query('next') wanted: unknown, @Visitor() visit: Visit): Answer {
    const next = ownPath(typeof wanted === 'string' ? wanted : undefined);
    return visit.person ? seeOther(next) : loginPage(newForm({ next }));
  }

  @Post('login')
  @TakesPasswords()
  @UseGuards(LocalGuard)
  async enter(
    @Body() body: FormBody,
    @CheckedCredentials() checked: Checked,
    @Visitor() visit: Visit,
  ): Promise<Answer> {
    const read = readForm(LoginForm, body);
    if (!read.ok) return loginPage(read.reading, 422);
    if (!checked.ok) return this.#refused(read.form, checked, visit);
    const opened =
      (await this.signIn.open(checked, visit)) || (await this.#openAgain(read.form, visit));
    return opened === true ? seeOther(ownPath(read.form.next)) : opened;
  }

  @Post('logout')
  async leave(@Visitor() visit: Visit): Promise<Answer> {
    await this.signOut.close(visit);
    return seeOther('/login', SIGNED_OUT, { clearsSite: true });
  }

  /**
   * Something changed meanwhile: the stored hash, by another sign-in that renewed it or with the
   * password, or the company's list of addresses.
   */
  async #openAgain(form: LoginForm, visit: Visit): Promise<true | Answer> {
    const checked = await this.credentials.check(form.loginId, form.password, visit);
    if (!checked.ok) return this.#refused(form, checked, visit);
    return (await this.signIn.open(checked, visit)) || refusedPage(form);
  }

  async #refused(form: LoginForm, checked: Checked & { ok: false }, visit: Visit): Promise<Answer> {
    switch (checked.reason) {
      case 'refused':
        return refusedPage(form);
      case 'too-many-failures':
        return tooManyFailures(checked.retryAfter);
      case 'account-closed':
        return page('auth/closed', 'このアカウントはご利用いただけません', {}, { status: 403 });
      case 'account-in-case':
        await this.unfinished.begin(checked.accountId, visit);
        return seeOther('/admin-enrollment/case');
      case 'address-refused':
        await this.unfinished.begin(checked.accountId, visit);
        return addressRefused(checked.role, visit);
      case 'registration-unfinished':
        await this.unfinished.begin(checked.accountId, visit);
        return seeOther('/activation');
    }
  }
}

function loginPage(form: FormReading, status = 200): Answer {
  return page('auth/login', 'ログイン', { form, next: form.values.next || '/' }, { status });
}

function refusedPage(form: LoginForm): Answer {
  return loginPage(refusedForm(form, { name: 'loginId', sentence: REFUSED }), 422);
}
