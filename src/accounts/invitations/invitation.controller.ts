import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ACCOUNT_ACTIVATED } from '../../auth/activated.js';
import { knownSource } from '../../auth/hash-room.js';
import { NewPasswords } from '../../auth/new-passwords.js';
import { HOUR_MS } from '../../durations.js';
import { emailKey, loginIdKey } from '../../identity/login-id.js';
import { Public } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import { Cookie } from '../../web/cookies.js';
import {
  newForm,
  readForm,
  refusedForm,
  type FormBody,
  type FormReading,
} from '../../web/forms.js';
import { say } from '../../web/sentence.js';
import { Visitor, type Visit } from '../../web/visit.js';
import { Acceptance, type Accepted, type Invitation } from './acceptance.js';
import { AcceptingForm } from './accepting.form.js';
import { refusedInvitation } from './refused-invitation.js';

const LOGIN_ID_TAKEN = say(
  'このログインIDはすでに使われています。別のログインIDを入力してください。',
);

/** The mailed link: the invited person chooses login ID and password. */
@Controller('invitation')
@Public()
export class InvitationController {
  readonly #link = new Cookie('invitation', HOUR_MS);

  constructor(
    private readonly acceptance: Acceptance,
    private readonly newPasswords: NewPasswords,
  ) {}

  @Get()
  async show(@Visitor() visit: Visit): Promise<Answer> {
    const looked = await this.acceptance.look(this.#link.read(visit));
    return looked.ok ? this.#page(newForm(), looked.invitation) : refusedInvitation(looked.reason);
  }

  @Post()
  async accept(@Body() body: FormBody, @Visitor() visit: Visit): Promise<Answer> {
    return this.#accept(this.#link.read(visit) ?? '', body, visit);
  }

  /** The key leaves the URL at once. */
  @Get(':token')
  keep(@Param('token') token: string, @Visitor() visit: Visit): Answer {
    this.#link.set(visit, token);
    return seeOther('/invitation');
  }

  @Post(':token')
  async acceptDirectly(
    @Param('token') token: string,
    @Body() body: FormBody,
    @Visitor() visit: Visit,
  ): Promise<Answer> {
    this.#link.set(visit, token);
    return this.#accept(token, body, visit);
  }

  async #accept(token: string, body: FormBody, visit: Visit): Promise<Answer> {
    const looked = await this.acceptance.look(token);
    if (!looked.ok) return refusedInvitation(looked.reason);
    const { invitation } = looked;
    const read = readForm(AcceptingForm, body);
    const typed = read.ok ? read.form : { loginId: body.loginId ?? '' };
    const problems = read.ok ? [] : [...read.reading.problems];
    const source = knownSource(`invitation ${invitation.id}`, visit);
    const owner = ownerOf(invitation, typed.loginId);
    problems.push(...(await this.newPasswords.problems(body, owner, source)));
    if (problems.length > 0)
      return this.#page(refusedForm(typed, ...problems), invitation, { status: 422 });
    const retryAfter = await this.acceptance.tooManyTries(invitation, visit);
    if (retryAfter !== undefined) return this.#tooManyTries(typed, invitation, retryAfter);
    const passwordHash = await this.newPasswords.hash(body, source);
    const chosen = { loginId: typed.loginId, passwordHash };
    const accepted = await this.acceptance.accept(token, invitation, chosen, visit);
    if (!accepted.ok) return this.#refused(accepted, typed, invitation);
    this.#link.clear(visit);
    return seeOther('/login', ACCOUNT_ACTIVATED);
  }

  #refused(
    { reason }: Accepted & { ok: false },
    typed: AcceptingForm,
    invitation: Invitation,
  ): Answer {
    if (reason !== 'login-id-taken') return refusedInvitation(reason);
    const problem = { name: 'loginId', sentence: LOGIN_ID_TAKEN };
    return this.#page(refusedForm(typed, problem), invitation, { status: 422 });
  }

  #tooManyTries(typed: AcceptingForm, invitation: Invitation, retryAfter: number): Answer {
    const sentence = say(
      'ログインIDの入力が続いたため、受け付けを止めています。およそ{minutes}分後に、もう一度お試しください。',
      { minutes: Math.ceil(retryAfter / 60) },
    );
    const form = refusedForm(typed, { name: 'loginId', sentence });
    return this.#page(form, invitation, { status: 429, retryAfter });
  }

  #page(
    form: FormReading,
    { corporationName, inviter, name }: Invitation,
    status: { status?: number; retryAfter?: number } = {},
  ): Answer {
    const model = { form, corporationName, inviter, name, ...this.newPasswords.rules };
    return page('accounts/invitations/acceptance', say('ご利用の登録'), model, status);
  }
}

function ownerOf({ corporationName, name, nameKana, email, phone }: Invitation, loginId: string) {
  return {
    loginId: loginIdKey(loginId),
    known: [corporationName, name, nameKana, emailKey(email), phone],
  };
}
