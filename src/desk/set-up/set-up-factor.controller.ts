import { Body, Controller, Get, Post } from '@nestjs/common';
import { isShown } from '../../auth/mailed-links/parked-link.js';
import { NEW_FACTOR_WRONG, NewFactorForm } from '../../auth/second-factor/new-factor.form.js';
import { Passkeys } from '../../auth/second-factor/passkeys.js';
import { TotpOffers } from '../../auth/second-factor/totp-offers.js';
import { DeskEntrance } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import { FormReading, readForm, type FormBody } from '../../web/forms/forms.js';
import { notice } from '../../web/notices.js';
import { say } from '../../web/sentence.js';
import { Visitor, type Visit } from '../../web/visit.js';
import { NEW_PASSKEY_WRONG, passkeyName } from '../passkey-name.js';
import { OperatorSetUp, type SetUpStep } from './operator-set-up.js';
import { refusedSetUp, SET_UP_LINK } from './set-up-link.js';

const PASSWORD_FIRST = notice.info(say('先にパスワードを決めてください。'));

/** 担当窓口のログインの設定, then the second factor: an authenticator app, or a passkey. */
@Controller('desk/set-up/second-factor')
@DeskEntrance()
export class SetUpFactorController {
  constructor(
    private readonly setUp: OperatorSetUp,
    private readonly offers: TotpOffers,
    private readonly passkeys: Passkeys,
  ) {}

  @Get()
  async show(@Visitor() visit: Visit): Promise<Answer> {
    const step = await this.#step(visit);
    return 'run' in step ? this.#page(new FormReading(), step, visit) : step;
  }

  /** `passkey`: the answer of a browser that made one; else a code of the app. */
  @Post()
  async prove(@Body() body: FormBody, @Visitor() visit: Visit): Promise<Answer> {
    const step = await this.#step(visit);
    if (!('run' in step)) return step;
    if (!isShown(step.link, body)) return SET_UP_LINK.unsent(await this.show(visit), body);
    const read = readForm(NewFactorForm, body);
    const { passkey = '' } = body;
    if (passkey === '' && !read.ok) return this.#page(read.reading, step, visit);
    const code = read.ok ? read.form.newFactorCode : '';
    const factor = passkey === '' ? { code } : { passkey, name: passkeyName(visit) };
    const done = await this.setUp.complete(step, factor, visit);
    if (done.ok) return seeOther(`${SET_UP_LINK.path}/recovery-codes`);
    if (done.reason !== 'second-factor-wrong') return refusedSetUp(done.reason);
    const wrong = passkey === '' ? NEW_FACTOR_WRONG : NEW_PASSKEY_WRONG;
    return this.#page(new FormReading({}, wrong), step, visit);
  }

  async #step(visit: Visit): Promise<SetUpStep | Answer> {
    const opened = await this.setUp.look(SET_UP_LINK.tokenOf(visit));
    if (!opened.ok) return refusedSetUp(opened.reason);
    const run = await this.setUp.runOf(opened.link, visit);
    return run ? { ...opened, run } : seeOther(SET_UP_LINK.path, PASSWORD_FIRST);
  }

  async #page(form: FormReading, step: SetUpStep, visit: Visit): Promise<Answer> {
    const { id: operatorId, loginId } = step.operator;
    const model = {
      form,
      link: step.link.id,
      offer: this.offers.shown({ operatorId, visit }, loginId),
      options: await this.passkeys.registrationOptions(this.setUp.holderOf(step)),
    };
    return page('desk/set-up-factor', say('2段階認証の設定'), model);
  }
}
