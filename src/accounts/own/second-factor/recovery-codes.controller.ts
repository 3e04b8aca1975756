import { Body, Controller, Get, Post } from '@nestjs/common';
import { printedCode } from '../../../auth/printed-codes.js';
import { FactorChanges } from '../../../auth/second-factor/factor-changes.js';
import { RecoveryCodes } from '../../../auth/second-factor/recovery-codes.js';
import { Me } from '../../../auth/sessions/me.js';
import type { SignedIn } from '../../../auth/sessions/sessions.js';
import { Config } from '../../../config.js';
import { FreshPassword, SetsUpFactor } from '../../../web/access.js';
import { page, seeOther, type Answer } from '../../../web/answers.js';
import type { FormBody } from '../../../web/forms/forms.js';
import { about, notice } from '../../../web/notices.js';
import { say } from '../../../web/sentence.js';

const PATH = '/me/second-factor/recovery-codes';

const RENEWED = notice.success(
  say(
    'リカバリーコードを新しく発行しました。前に発行したものは、もう使えません。印刷するか書き写してください。',
  ),
);
const HIDDEN = notice.success(
  say('リカバリーコードの表示を終えました。2段階認証は設定済みです。'),
  say('TOPページへ進む'),
);
const RENEWED_MEANWHILE = notice.info(
  say('ページを開いたあとに変わっています。最新の内容をご確認のうえ、もう一度操作してください。'),
);

/** リカバリーコード: in the browser that made them, right after; how many are left; new ones. */
@Controller('me/second-factor/recovery-codes')
@SetsUpFactor()
export class RecoveryCodesController {
  constructor(
    private readonly config: Config,
    private readonly recoveryCodes: RecoveryCodes,
    private readonly changes: FactorChanges,
  ) {}

  @Get()
  async show(@Me() person: SignedIn): Promise<Answer> {
    // What is left of the lost factor is nothing to see without it.
    if (person.enrolsOnly) return seeOther('/me/second-factor');
    const {
      id: sheet,
      left,
      issuedAt,
    } = await this.recoveryCodes.sheet({ account: person.accountId });
    if (!person.hasFactor || !issuedAt) return seeOther('/me/second-factor');
    const codes = await this.recoveryCodes.shown(person);
    const model = {
      corporationName: person.corporationName,
      loginId: person.loginId,
      loginUrl: `${this.config.publicUrl}/login`,
      codes: codes.map(printedCode),
      sheet,
      left,
      issuedAt,
    };
    return page('own/recovery-codes', say('リカバリーコード'), model);
  }

  /** `act=renew` makes ten and voids the old ones; `act=hide` ends the display of the codes. */
  @Post()
  @FreshPassword()
  async act(@Body() { act, sheet = '' }: FormBody, @Me() person: SignedIn): Promise<Answer> {
    if (act !== 'renew') {
      this.recoveryCodes.hide(person.visit);
      return seeOther('/me/second-factor', about(HIDDEN, { path: '/' }));
    }
    const renewed = await this.changes.renewCodes(person, sheet);
    return seeOther(PATH, renewed.ok ? RENEWED : RENEWED_MEANWHILE);
  }
}
