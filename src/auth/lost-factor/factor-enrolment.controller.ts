import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { IgnoresSession, Public } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import { FormReading, readForm, type FormBody } from '../../web/forms/forms.js';
import { say } from '../../web/sentence.js';
import { Visitor, type Visit } from '../../web/visit.js';
import { isShown, ParkedLink } from '../mailed-links/parked-link.js';
import { Password, PASSWORD_WRONG, passwordText } from '../passwords/typed-password.js';
import { OwnerRefusals } from '../sign-in/owner-refusals.js';
import { tooManyFailures } from '../sign-in/refused-sign-ins.js';
import { Enrolments, type EnrolmentOpened } from './enrolments.js';
import { lostFactorRefused } from './lost-factor-refused.js';

class EnrolmentForm {
  @Password()
  password = '';
}

type Looked = Extract<EnrolmentOpened, { ok: true }>;

/** 新しい認証アプリの設定: the mailed link and the password open a session that can only enrol. */
@Controller('lost-factor/enrolment')
@Public()
export class FactorEnrolmentController {
  readonly #link = new ParkedLink('factor-enrolment', '/lost-factor/enrolment');

  constructor(
    private readonly enrolments: Enrolments,
    private readonly refusals: OwnerRefusals,
  ) {}

  @Get()
  async show(@Visitor() visit: Visit): Promise<Answer> {
    const looked = await this.enrolments.look(this.#link.tokenOf(visit));
    return looked.ok
      ? enrolmentPage(new FormReading(), looked)
      : lostFactorRefused(looked.reason, looked.outcome);
  }

  @Post()
  @IgnoresSession()
  async enter(@Body() body: FormBody, @Visitor() visit: Visit): Promise<Answer> {
    const looked = await this.enrolments.look(this.#link.tokenOf(visit));
    if (!looked.ok) return lostFactorRefused(looked.reason, looked.outcome);
    if (!isShown(looked.link, body)) return this.#link.unsent(await this.show(visit), body);
    const read = readForm(EnrolmentForm, body);
    if (!read.ok) return enrolmentPage(read.reading, looked);
    const entered = await this.enrolments.enter(looked, passwordText(read.form.password), visit);
    if (entered.ok) return seeOther('/me/second-factor/totp');
    if ('retryAfter' in entered) return tooManyFailures(entered.retryAfter);
    if ('accountId' in entered) return this.refusals.answer(entered, visit);
    if (entered.reason !== 'password-wrong') return lostFactorRefused(entered.reason);
    const form = new FormReading({}, { name: 'password', sentence: PASSWORD_WRONG });
    return enrolmentPage(form, looked);
  }

  @Get(':token')
  park(@Param('token') token: string, @Visitor() visit: Visit): Answer {
    return this.#link.park(token, visit);
  }
}

function enrolmentPage(form: FormReading, { link, account }: Looked): Answer {
  const model = { form, link: link.id, loginId: account.loginId };
  return page('auth/lost-factor/enrolment', say('新しい認証アプリの設定'), model);
}
