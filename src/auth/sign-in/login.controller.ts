import {
  Body,
  Controller,
  createParamDecorator,
  Get,
  Injectable,
  Post,
  Query,
  UseGuards,
  type ExecutionContext,
} from '@nestjs/common';
import { AuthGuard, PassportStrategy } from '@nestjs/passport';
import { IsNotEmpty } from 'class-validator';
import { Strategy } from 'passport-local';
import { TakesTurns } from '../../limits/strangers-turns.js';
import { IgnoresSession, Public } from '../../web/access.js';
import { seeOther, type Answer } from '../../web/answers.js';
import { because, FormReading, readForm, type FormBody } from '../../web/forms/forms.js';
import { AtMostBytes, AtMostCharacters } from '../../web/forms/rules.js';
import { notice } from '../../web/notices.js';
import { ownPath } from '../../web/own-path.js';
import { KeptForms } from '../../web/requests/kept-forms.js';
import { say } from '../../web/sentence.js';
import { Visitor, type Visit, type VisitedRequest } from '../../web/visit.js';
import { LONGEST_PASSWORD_BYTES, Password, passwordText } from '../passwords/passwords.js';
import { Sessions } from '../sessions/sessions.js';
import { ClosedAccounts } from './closed-accounts.js';
import { Credentials, type Checked, type RefusedCredentials } from './credentials.js';
import { loginPage } from './login-page.js';
import { addressRefused, tooManyFailures } from './refused-sign-ins.js';
import { SignIn } from './sign-in.js';

const SIGNED_OUT = notice.success(say('ログアウトしました。'));

const REFUSED = say(
  'ログインID・パスワードが相違しているか、初期登録が完了していないため、ログインできません。',
);

/** Lengths are refused before anything is looked up or hashed. */
class LoginForm {
  @IsNotEmpty(because('IDを入力してください。'))
  @AtMostCharacters(128, because('IDは128文字以内で入力してください。'))
  loginId = '';

  @Password()
  @IsNotEmpty(because('パスワードを入力してください。'))
  @AtMostBytes(LONGEST_PASSWORD_BYTES, because('パスワードは128文字以内で入力してください。'))
  password = '';

  next = '';
}

/** Passport takes login ID and password out of the request; `Credentials` checks them. */
@Injectable()
export class LocalStrategy extends PassportStrategy(Strategy) {
  constructor(private readonly credentials: Credentials) {
    super({ usernameField: 'loginId', passReqToCallback: true, session: false });
  }

  validate(request: VisitedRequest, loginId: string, password: string): Promise<Checked> {
    return this.credentials.check(loginId, passwordText(password), request.visit);
  }
}

/** Runs Passport for well-formed login forms only, and leaves the result to the page. */
@Injectable()
class LocalGuard extends AuthGuard('local') {
  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const { body } = context.switchToHttp().getRequest<{ body: FormBody }>();
    if (readForm(LoginForm, body).ok) await super.canActivate(context);
    return true;
  }

  override handleRequest<T>(error: unknown, checked: T): T {
    if (error) throw error;
    return checked;
  }
}

const CheckedCredentials = createParamDecorator(
  (_: unknown, context: ExecutionContext): Checked =>
    context.switchToHttp().getRequest<{ user: Checked }>().user,
);

@Controller()
@Public()
export class LoginController {
  constructor(
    private readonly credentials: Credentials,
    private readonly signIn: SignIn,
    private readonly sessions: Sessions,
    private readonly closedAccounts: ClosedAccounts,
    private readonly keptForms: KeptForms,
  ) {}

  @Get('login')
  async show(@Query('next') wanted: unknown, @Visitor() visit: Visit): Promise<Answer> {
    const next = ownPath(typeof wanted === 'string' ? wanted : undefined);
    if (visit.person) return seeOther(next);
    const kept = await this.keptForms.ofPath(next, visit);
    return loginPage(new FormReading({ next }), { keptUntil: kept?.until });
  }

  @Post('login')
  @IgnoresSession()
  @UseGuards(LocalGuard)
  async enter(
    @Body() body: FormBody,
    @CheckedCredentials() checked: Checked,
    @Visitor() visit: Visit,
  ): Promise<Answer> {
    const read = readForm(LoginForm, body);
    if (!read.ok) return loginPage(read.reading, { status: 422 });
    if (!checked.ok) return this.#refused(read.form, checked, visit);
    const opened =
      (await this.signIn.open(checked, visit)) || (await this.#openAgain(read.form, visit));
    return opened === true ? seeOther(ownPath(read.form.next)) : opened;
  }

  @Post('logout')
  @TakesTurns('person')
  async leave(@Visitor() visit: Visit): Promise<Answer> {
    await this.sessions.signOut(visit);
    return seeOther('/login', SIGNED_OUT, { clearsSite: true });
  }

  /**
   * Something changed since the check: the stored hash, because another sign-in renewed it or the
   * password is new, or the company's list of addresses.
   */
  async #openAgain(form: LoginForm, visit: Visit): Promise<true | Answer> {
    const checked = await this.credentials.check(form.loginId, form.password, visit);
    if (!checked.ok) return this.#refused(form, checked, visit);
    return (await this.signIn.open(checked, visit)) || refusedPage(form);
  }

  /** One sentence for everything that a stranger could meet, and the way on after a right password. */
  async #refused(form: LoginForm, refused: RefusedCredentials, visit: Visit): Promise<Answer> {
    if ('retryAfter' in refused) return tooManyFailures(refused.retryAfter);
    if (!('accountId' in refused)) return refusedPage(form);
    if ('hasCase' in refused && !refused.hasCase) return this.closedAccounts.page(refused);
    await this.signIn.leaveUnfinished(refused.accountId, visit);
    if (refused.reason === 'address-refused')
      return addressRefused(refused.role, visit, await this.signIn.trialInForce(refused.accountId));
    if (refused.reason === 'registration-unfinished') return seeOther('/activation');
    return seeOther('/admin-enrollment/case');
  }
}

/** The same for everybody whose login ID or password is not right, or not yet, or not now. */
function refusedPage(form: LoginForm): Answer {
  return loginPage(new FormReading(form, { name: '', sentence: REFUSED }), { status: 422 });
}
