import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { LoginForm } from '../../auth/sign-in/login.form.js';
import { tooManyFailures } from '../../auth/sign-in/refused-sign-ins.js';
import { DeskEntrance, IgnoresSession } from '../../web/access.js';
import { arriveAt, page, seeOther, type Answer } from '../../web/answers.js';
import { FormReading, readForm, type FormBody } from '../../web/forms/forms.js';
import { notice } from '../../web/notices.js';
import { KeptForms, type Interrupted } from '../../web/requests/kept-forms.js';
import { say } from '../../web/sentence.js';
import { Visitor, type Visit } from '../../web/visit.js';
import { DeskCredentials } from './desk-credentials.js';
import { deskPath } from '../../web/own-path.js';
import { DeskSignIn } from './desk-sign-in.js';

const SIGNED_OUT = notice.success(say('ログアウトしました。'));

/** The same for everybody whose login ID or password is not right, or not yet, or not now. */
const REFUSED = say(
  'ログインID・パスワードが相違しているか、設定が完了していないため、ログインできません。',
);

/** 担当窓口のログイン: login ID and password; the second factor follows for everybody. */
@Controller('desk')
@DeskEntrance()
export class DeskLoginController {
  constructor(
    private readonly credentials: DeskCredentials,
    private readonly signIn: DeskSignIn,
    private readonly keptForms: KeptForms,
  ) {}

  @Get('login')
  async show(@Query('next') wanted: unknown, @Visitor() visit: Visit): Promise<Answer> {
    const next = deskPath(wanted);
    if (visit.desk?.operator) return arriveAt(next);
    return loginPage(new FormReading({ next }), await this.keptForms.ofPath(next, visit));
  }

  @Post('login')
  @IgnoresSession()
  async enter(@Body() body: FormBody, @Visitor() visit: Visit): Promise<Answer> {
    const read = readForm(LoginForm, body);
    if (!read.ok) return loginPage(read.reading);
    const { loginId, password, next } = read.form;
    const checked = await this.credentials.check(loginId, password, visit);
    if (!checked.ok && 'retryAfter' in checked) return tooManyFailures(checked.retryAfter);
    if (checked.ok && (await this.signIn.begin(checked, visit)))
      return seeOther(`/desk/login/second-factor?${new URLSearchParams({ next }).toString()}`);
    const form = new FormReading(read.form, { name: '', sentence: REFUSED });
    return loginPage(form);
  }

  @Post('logout')
  async leave(@Visitor() visit: Visit): Promise<Answer> {
    await this.signIn.signOut(visit);
    return seeOther('/desk/login', SIGNED_OUT, { clearsSite: true });
  }
}

/** @param interrupted the form that the session's end interrupted, and how long it waits */
function loginPage(form: FormReading, interrupted?: Interrupted): Answer {
  const next = deskPath(form.values.next);
  // The address of a refused sign-in, too, leads on: a choice of the language leads there.
  const action = `/desk/login?${new URLSearchParams({ next }).toString()}`;
  const model = { form, next, action, interrupted: interrupted ?? null };
  return page('desk/login', say('担当窓口のログイン'), model);
}
