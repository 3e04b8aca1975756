import { Body, Controller, Get, Post } from '@nestjs/common';
import { printedCode } from '../../auth/printed-codes.js';
import { RecoveryCodes } from '../../auth/second-factor/recovery-codes.js';
import { Config } from '../../config.js';
import { DeskFactorForPage, DeskPage } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import type { FormBody } from '../../web/forms/forms.js';
import { notice } from '../../web/notices.js';
import { say } from '../../web/sentence.js';
import { CurrentOperator } from '../sign-in/current-operator.js';
import type { SignedInOperator } from '../sign-in/desk-sessions.js';
import { CHANGED_MEANWHILE, OWN_FACTOR } from './own-change-answer.js';
import { OwnSignIn } from './own-sign-in.js';

const PATH = '/desk/me/recovery-codes';

const RENEWED = notice.success(
  say(
    'リカバリーコードを新しく発行しました。前に発行したものは、もう使えません。ほかの端末からはログアウトしました。印刷するか書き写してください。',
  ),
);

/** リカバリーコード of somebody of the desk: in the browser that made them; how many are left; new ones. */
@Controller('desk/me/recovery-codes')
@DeskPage()
export class DeskOwnCodesController {
  constructor(
    private readonly config: Config,
    private readonly recoveryCodes: RecoveryCodes,
    private readonly own: OwnSignIn,
  ) {}

  @Get()
  async show(@CurrentOperator() me: SignedInOperator): Promise<Answer> {
    const sheet = await this.recoveryCodes.sheet({ operator: me.operatorId });
    const codes = await this.recoveryCodes.shown(me);
    const model = {
      loginId: me.loginId,
      loginUrl: `${this.config.publicUrl}/desk/login`,
      codes: codes.map(printedCode),
      sheet: sheet.id,
      left: sheet.left,
      issuedAt: sheet.issuedAt ?? null,
    };
    return page('desk/own-codes', say('リカバリーコード'), model);
  }

  /** `act=renew` makes ten and voids the old ones; `act=hide` ends the display of the codes. */
  @Post()
  @DeskFactorForPage('hide')
  async act(
    @Body() { act, sheet = '' }: FormBody,
    @CurrentOperator() me: SignedInOperator,
  ): Promise<Answer> {
    if (act !== 'renew') {
      this.recoveryCodes.hide(me.visit);
      return seeOther(OWN_FACTOR);
    }
    const renewed = await this.own.renewCodes(me, sheet);
    return seeOther(PATH, renewed.ok ? RENEWED : CHANGED_MEANWHILE);
  }
}
