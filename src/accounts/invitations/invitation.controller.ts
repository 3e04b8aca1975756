import { Controller, Get, Param, Post } from '@nestjs/common';
import { accountActivated } from '../../auth/activated.js';
import { ByLink, ParkedLink, type LinkPost } from '../../auth/mailed-links/parked-link.js';
import { LINK_TITLES } from '../../auth/mailed-links/refused-links.js';
import { NewPasswords } from '../../auth/passwords/new-passwords.js';
import { LoginIdForm, loginIdsExhausted } from '../../identity/person.form.js';
import { knownSource } from '../../limits/source.js';
import { TakesTurns } from '../../limits/strangers-turns.js';
import { Public } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import { FormReading, readForm, readingOf, type FormBody } from '../../web/forms/forms.js';
import { say } from '../../web/sentence.js';
import { Visitor, type Visit } from '../../web/visit.js';
import { Acceptance, type OpenedInvitation } from './acceptance.js';
import type { InvitationRefusal } from './invitation.entity.js';

const LOGIN_ID_TAKEN = say(
  'このログインIDはすでに使われています。別のログインIDを入力してください。',
);
const TITLES = {
  ...LINK_TITLES,
  'case-at-desk': say('担当窓口が確認しています'),
  'invitation-cancelled': say('この招待は取り消されました'),
  'invitation-void': say('この招待はご利用いただけません'),
};

type Opened = OpenedInvitation & { ok: true };

@Controller('invitation')
@Public()
export class InvitationController {
  readonly #link = new ParkedLink('invitation', '/invitation');

  constructor(
    private readonly acceptance: Acceptance,
    private readonly newPasswords: NewPasswords,
  ) {}

  @Get()
  async show(@Visitor() visit: Visit): Promise<Answer> {
    const opened = await this.acceptance.look(this.#link.tokenOf(visit));
    return opened.ok ? this.#page(new FormReading(), opened) : refusedInvitation(opened, visit);
  }

  @Post(['', ':token'])
  @TakesTurns('company-of-link')
  async accept(@ByLink() post: LinkPost): Promise<Answer> {
    const { mailed, body, visit } = post;
    if (mailed) this.#link.park(mailed, visit);
    const opened = await this.acceptance.look(this.#link.keyOf(post));
    if (!opened.ok) return refusedInvitation(opened, visit);
    if (this.#link.isOfAnother(post, opened.link))
      return this.#link.unsent(await this.show(visit), body);
    return this.#accept(opened, body, visit);
  }

  @Get(':token')
  park(@Param('token') token: string, @Visitor() visit: Visit): Answer {
    return this.#link.park(token, visit);
  }

  async #accept(opened: Opened, body: FormBody, visit: Visit): Promise<Answer> {
    const read = readForm(LoginIdForm, body);
    const { loginId = '' } = readingOf(read).values;
    const typed = { loginId };
    const problems = read.ok ? [] : [...read.reading.problems];
    const { corporation, name, nameKana, email, phone } = opened.invitation;
    const others = [corporation.name, name, nameKana, phone];
    const owner = { loginId, email, others };
    const source = knownSource(`invitation ${opened.invitation.id}`, visit);
    problems.push(...(await this.newPasswords.problems(body, owner, source)));
    if (problems.length > 0) return this.#page(new FormReading(typed, ...problems), opened);
    const retryAfter = await this.acceptance.tooManyTries(opened.invitation);
    if (retryAfter !== undefined) return this.#tooManyTries(typed, opened, retryAfter);
    const passwordHash = await this.newPasswords.hash(body, source);
    const chosen = { loginId, passwordHash };
    const accepted = await this.acceptance.accept(opened, chosen, visit);
    if (accepted.ok) return seeOther('/login', accountActivated(opened.invitation.name));
    const { reason } = accepted;
    if (reason !== 'login-id-taken')
      return refusedInvitation({ reason, invitationId: opened.invitation.id }, visit);
    const problem = { name: 'loginId', sentence: LOGIN_ID_TAKEN };
    return this.#page(new FormReading(typed, problem), opened);
  }

  #tooManyTries(typed: LoginIdForm, opened: Opened, retryAfter: number): Answer {
    const form = new FormReading(typed, loginIdsExhausted(retryAfter));
    return this.#page(form, opened, { status: 429, retryAfter });
  }

  #page(
    form: FormReading,
    { link, invitation: { corporation, invitedBy, name } }: Opened,
    status: { status?: number; retryAfter?: number } = {},
  ): Answer {
    const names = { corporationName: corporation.name, inviter: invitedBy?.name ?? '', name };
    const model = { form, link: link.id, ...names, ...this.newPasswords.rules };
    return page('accounts/invitations/acceptance', say('アカウントの登録'), model, status);
  }
}

/** Why an invitation's link does not work any more, and what to do (410). */
function refusedInvitation(
  { reason, invitationId }: { reason: InvitationRefusal | 'case-at-desk'; invitationId?: string },
  visit: Visit,
): Answer {
  visit.refusal = { reason, invitationId };
  const status = reason === 'case-at-desk' ? 409 : 410;
  return page('accounts/invitations/refused', TITLES[reason], { reason }, { status });
}
