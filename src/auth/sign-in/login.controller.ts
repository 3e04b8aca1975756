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
import { Strategy } from 'passport-local';
import { strangeSource } from '../../limits/source.js';
import { TakesTurns } from '../../limits/strangers-turns.js';
import { IgnoresSession, Public } from '../../web/access.js';
import { arriveAt, seeOther, type Answer } from '../../web/answers.js';
import { FormReading, readForm, type FormBody } from '../../web/forms/forms.js';
import { notice } from '../../web/notices.js';
import { peoplePath } from '../../web/own-path.js';
import { KeptForms } from '../../web/requests/kept-forms.js';
import { say } from '../../web/sentence.js';
import { Visitor, type Visit, type VisitedRequest } from '../../web/visit.js';
import { Passwords } from '../passwords/passwords.js';
import { passwordText } from '../passwords/typed-password.js';
import { Sessions } from '../sessions/sessions.js';
import { Credentials, type Checked, type ProvenCredentials } from './credentials.js';
import { LoginForm } from './login.form.js';
import { loginPage } from './login-page.js';
import { OwnerRefusals } from './owner-refusals.js';
import { PendingSignIns } from './pending-sign-ins.js';
import { tooManyFailures } from './refused-sign-ins.js';
import { SignIn, type EntryOutcome } from './sign-in.js';

const SIGNED_OUT = notice.success(say('ログアウトしました。'));

/** The same for everybody whose login ID or password is not right, or not yet, or not now. */
const REFUSED = say(
  'ログインID・パスワードが相違しているか、初期登録が完了していないため、ログインできません。',
);

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
    private readonly passwords: Passwords,
    private readonly signIn: SignIn,
    private readonly sessions: Sessions,
    private readonly pending: PendingSignIns,
    private readonly refusals: OwnerRefusals,
    private readonly keptForms: KeptForms,
  ) {}

  @Get('login')
  async show(@Query('next') wanted: unknown, @Visitor() visit: Visit): Promise<Answer> {
    const next = peoplePath(typeof wanted === 'string' ? wanted : undefined);
    if (visit.person) return arriveAt(next);
    return loginPage(new FormReading({ next }), {
      interrupted: await this.keptForms.ofPath(next, visit),
    });
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
    if (!read.ok) return this.#shownAgain(read.reading, visit);
    return (
      (await this.#goOn(read.form, checked, visit, body.attempt)) ??
      (await this.#goOn(
        read.form,
        await this.#checkedAgain(read.form, visit),
        visit,
        body.attempt,
      )) ??
      this.#refused(read.form, visit)
    );
  }

  @Post('logout')
  @TakesTurns('person')
  async leave(@Visitor() visit: Visit): Promise<Answer> {
    await this.sessions.signOut(visit);
    return seeOther('/login', SIGNED_OUT, { clearsSite: true });
  }

  /** @returns undefined when something changed since the check */
  async #goOn(
    form: LoginForm,
    checked: Checked,
    visit: Visit,
    attempt?: string,
  ): Promise<Answer | undefined> {
    const next = peoplePath(form.next);
    if (checked.ok || checked.reason === 'second-factor-needed') {
      const entered = await this.#enter(checked, visit, attempt);
      if (entered === 'open') return checked.ok ? arriveAt(next) : askedForFactor(next);
      return entered === 'waiting' ? this.#refused(form, visit) : undefined;
    }
    if ('retryAfter' in checked) return tooManyFailures(checked.retryAfter);
    if ('accountId' in checked) return this.refusals.answer(checked, visit);
    return this.#refused(form, visit);
  }

  #refused(form: LoginForm, visit: Visit): Promise<Answer> {
    return this.#shownAgain(FormReading.refused(REFUSED, form), visit);
  }

  /** What the session's end interrupted is still kept. */
  async #shownAgain(reading: FormReading, visit: Visit): Promise<Answer> {
    const interrupted = await this.keptForms.ofPath(peoplePath(reading.values.next), visit);
    return loginPage(reading, { interrupted });
  }

  async #enter(
    checked: ProvenCredentials & { ok: boolean },
    visit: Visit,
    attempt?: string,
  ): Promise<EntryOutcome> {
    const entered = checked.ok
      ? await this.signIn.open(checked, visit)
      : await this.pending.begin(checked, visit, attempt);
    if (entered === 'waiting') await this.credentials.refuseLate(checked, visit);
    const { accountId: account, corporationId: company } = checked;
    if (entered === 'open') this.passwords.note(strangeSource('', visit), { account, company });
    return entered;
  }

  /**
   * The stored hash is another, because another sign-in renewed it or the password is new, or the
   * company's list of addresses is.
   */
  #checkedAgain({ loginId, password }: LoginForm, visit: Visit): Promise<Checked> {
    return this.credentials.check(loginId, password, visit);
  }
}

function askedForFactor(next: string): Answer {
  return seeOther(`/login/second-factor?${new URLSearchParams({ next }).toString()}`);
}
