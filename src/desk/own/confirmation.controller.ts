import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { FactorChecks } from '../../auth/second-factor/factor-checks.js';
import { factorRefused, type FactorShown } from '../../auth/second-factor/factor-problem.js';
import { FactorAnswerForm } from '../../auth/second-factor/factor.form.js';
import { Passkeys } from '../../auth/second-factor/passkeys.js';
import { DeskPage } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import { FormReading, readForm, type FormBody } from '../../web/forms/forms.js';
import { notice } from '../../web/notices.js';
import { KeptForms } from '../../web/requests/kept-forms.js';
import { say } from '../../web/sentence.js';
import { CurrentOperator } from '../sign-in/current-operator.js';
import { DeskBrowsers } from '../sign-in/desk-browsers.js';
import { DeskCredentials } from '../sign-in/desk-credentials.js';
import { deskPath, routedPath } from '../../web/own-path.js';
import { DeskSessions, type SignedInOperator } from '../sign-in/desk-sessions.js';
import { AskedActs } from './asked-acts.js';
import { loginIdKey } from '../../identity/login-id.js';

const PRESS_AGAIN = notice.info(
  say('本人確認が済みました。もう一度ボタンを押すと、操作が完了します。'),
);

const LONGEST_DEED = 20;

/**
 * 本人確認: the second factor once more, before something that matters; it stays fresh for five minutes,
 * and counts for the page on which it goes on.
 */
@Controller('desk/confirmation')
@DeskPage()
export class DeskConfirmationController {
  constructor(
    private readonly checks: FactorChecks,
    private readonly passkeys: Passkeys,
    private readonly browsers: DeskBrowsers,
    private readonly sessions: DeskSessions,
    private readonly credentials: DeskCredentials,
    private readonly keptForms: KeptForms,
    private readonly askedActs: AskedActs,
  ) {}

  @Get()
  show(
    @Query() query: Record<string, unknown>,
    @CurrentOperator() me: SignedInOperator,
  ): Promise<Answer> {
    return this.#page(query, me);
  }

  @Post()
  async confirm(@Body() body: FormBody, @CurrentOperator() me: SignedInOperator): Promise<Answer> {
    const next = deskPath(body.next);
    const read = readForm(FactorAnswerForm, body);
    if (!read.ok) return this.#page(body, me, { form: read.reading });
    const { operatorId, name: operator, visit } = me;
    const browser = await this.browsers.known(loginIdKey(me.loginId), visit);
    const answer = { ...read.form.answer, ceremony: ceremonyOf(me) };
    const checked = await this.checks.checkOfOperator(operatorId, browser, answer, visit, {
      hold: async () => (await this.sessions.hold(me)) !== undefined,
      done: async () => void (await this.sessions.confirm(me, routedPath(next))),
    });
    const reason = checked.ok ? 'done' : checked.reason;
    const asked = (body.asked ?? '').slice(0, LONGEST_DEED);
    const { logged: whom } = await this.askedActs.of(next, asked, visit);
    const facts = { path: routedPath(next), ...(asked && { asked }), ...(whom && { whom }) };
    await this.credentials.log('desk-confirmation', reason, operator, visit, facts);
    const waiting = checked.ok && (await this.keptForms.ofPath(next, visit));
    if (checked.ok) return seeOther(next, waiting ? PRESS_AGAIN : undefined);
    if (checked.reason === 'sign-in-over') return seeOther(next);
    return this.#page(body, me, factorRefused(checked, read.form));
  }

  async #page(
    given: Record<string, unknown>,
    me: SignedInOperator,
    { form = new FormReading(), ...answer }: FactorShown = {},
  ): Promise<Answer> {
    const options = await this.passkeys.questionOptions(
      { operator: me.operatorId },
      ceremonyOf(me),
    );
    const next = deskPath(given.next);
    const asked = typeof given.asked === 'string' ? given.asked.slice(0, LONGEST_DEED) : '';
    const { act, whom } = await this.askedActs.of(next, asked, me.visit);
    const model = { form, next, asked, act, whom, options: options ?? null };
    return page('desk/confirmation', say('本人確認'), model, answer);
  }
}

/** A session gives the factor once in answer to it. */
function ceremonyOf({ sessionId, factorConfirmedAt }: SignedInOperator): string {
  return `desk-confirmation ${sessionId} ${factorConfirmedAt.getTime()}`;
}
