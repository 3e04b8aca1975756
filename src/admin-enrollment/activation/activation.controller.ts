import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ACCOUNT_ACTIVATED } from '../../auth/activated.js';
import { refusedLink } from '../../auth/refused-links.js';
import type { LinkRefusal } from '../../auth/tickets.js';
import { SignIn } from '../../auth/sign-in.js';
import { HOUR_MS } from '../../durations.js';
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
import { say, type Sentence } from '../../web/sentence.js';
import { Visitor, type Visit } from '../../web/visit.js';
import { obstaclePage } from '../wizard/obstacles.js';
import { ActivationLinks } from './activation-links.js';
import { ActivationMails } from './activation-mails.js';
import { noticeOfMail } from './activation-notices.js';
import { Activation } from './activation.js';
import type { LoginIdRefusal } from './chosen-login-id.js';
import { LoginIdForm } from './login-id.form.js';

const TITLE = say('登録の完了');
const SENTENCES: Record<LoginIdRefusal, Sentence> = {
  'login-id-needed': say('ログインIDを入力してください。'),
  'login-id-taken': say('このログインIDは使えません。別のログインIDを入力してください。'),
  'login-id-is-password': say('パスワードと同じ文字列は、ログインIDに使えません。'),
};

/** The mailed link. Mail scanners open links, so only the button on the page does anything. */
@Controller('activation')
@Public()
export class ActivationController {
  readonly #link = new Cookie('activation', HOUR_MS);

  constructor(
    private readonly links: ActivationLinks,
    private readonly activation: Activation,
    private readonly mails: ActivationMails,
    private readonly signIn: SignIn,
  ) {}

  @Get()
  async show(@Visitor() visit: Visit): Promise<Answer> {
    const link = await this.links.look(this.#link.read(visit));
    if (!link.ok) return this.#withoutLink(link.reason, visit);
    return activationPage(newForm(), link.needsLoginId);
  }

  /** `act=send-again`: a new mail, for whoever has an expired link or gave the right password. */
  @Post()
  async act(@Body() body: FormBody, @Visitor() visit: Visit): Promise<Answer> {
    const token = this.#link.read(visit);
    if (body.act === 'send-again') return this.#sendAgain(token, visit);
    return this.#activate(token, body, visit);
  }

  /** The key leaves the URL at once. */
  @Get(':token')
  keep(@Param('token') token: string, @Visitor() visit: Visit): Answer {
    this.#link.set(visit, token);
    return seeOther('/activation');
  }

  @Post(':token')
  activateDirectly(
    @Param('token') token: string,
    @Body() body: FormBody,
    @Visitor() visit: Visit,
  ): Promise<Answer> {
    return this.#activate(token, body, visit);
  }

  async #activate(token: string | undefined, body: FormBody, visit: Visit): Promise<Answer> {
    const read = readForm(LoginIdForm, body);
    if (body.loginId !== undefined && !read.ok) return activationPage(read.reading, true, 422);
    const { loginId } = read.ok ? read.form : {};
    const activated = await this.activation.activate(token, visit, loginId);
    if (activated.ok) {
      this.#link.clear(visit);
      // A successor's next step is the list with the predecessor's account.
      return seeOther(
        activated.kind === 'initial' ? '/login' : '/login?next=%2Faccounts',
        ACCOUNT_ACTIVATED,
      );
    }
    switch (activated.reason) {
      case 'administrators-exist':
        return obstaclePage(activated.reason);
      case 'login-id-needed':
      case 'login-id-taken':
      case 'login-id-is-password':
        return activationPage(
          refusedForm({ loginId }, { name: 'loginId', sentence: SENTENCES[activated.reason] }),
          true,
          422,
        );
      default:
        return this.#refused(token, activated.reason);
    }
  }

  async #refused(token: string | undefined, reason: LinkRefusal): Promise<Answer> {
    const link = await this.links.look(token);
    return linkRefusedPage(link.ok ? reason : link.reason);
  }

  /** Who gave the right password is told more than that the link does not work. */
  async #withoutLink(reason: LinkRefusal, visit: Visit): Promise<Answer> {
    const accountId = await this.signIn.unfinishedAccount(visit);
    if (!accountId || !(await this.links.waiting(accountId))) return linkRefusedPage(reason);
    return page('admin-enrollment/unfinished', say('登録がまだ完了していません'));
  }

  async #sendAgain(token: string | undefined, visit: Visit): Promise<Answer> {
    const accountId =
      (await this.signIn.unfinishedAccount(visit)) ?? (await this.links.ownerOf(token));
    if (accountId === undefined) return linkRefusedPage('link-unknown');
    const sent = await this.mails.sendAgain(accountId, visit);
    return seeOther('/activation', noticeOfMail(sent));
  }
}

function activationPage(form: FormReading, needsLoginId: boolean, status = 200): Answer {
  return page('admin-enrollment/activation', TITLE, { form, needsLoginId }, { status });
}

function linkRefusedPage(reason: LinkRefusal): Answer {
  return refusedLink('admin-enrollment/link-refused', reason);
}
