import { Controller, Get, Post } from '@nestjs/common';
import { printedCode } from '../../../auth/printed-codes.js';
import { RecoveryCodes } from '../../../auth/second-factor/recovery-codes.js';
import { Me } from '../../../auth/sessions/me.js';
import type { SignedIn } from '../../../auth/sessions/sessions.js';
import { Config } from '../../../config.js';
import { FreshPassword, SetsUpFactor } from '../../../web/access.js';
import { page, seeOther, type Answer } from '../../../web/answers.js';
import { about, notice } from '../../../web/notices.js';
import { say } from '../../../web/sentence.js';

const HIDDEN = notice.success(
  say('リカバリーコードの表示を終えました。2段階認証は設定済みです。'),
  say('TOPページへ進む'),
);
const HIDDEN_IN_EMERGENCY = notice.success(
  say('リカバリーコードの表示を終えました。2段階認証は設定済みです。'),
);

/** リカバリーコード: in the browser that made them, right after; how many are left. */
@Controller('me/second-factor/recovery-codes')
@SetsUpFactor()
export class RecoveryCodesController {
  constructor(
    private readonly config: Config,
    private readonly recoveryCodes: RecoveryCodes,
  ) {}

  @Get()
  async show(@Me() person: SignedIn): Promise<Answer> {
    // What is left of the lost factor is nothing to see without it.
    if (person.enrolsOnly) return seeOther('/me/second-factor');
    const { left, issuedAt } = await this.recoveryCodes.sheet({ account: person.accountId });
    if (!person.hasFactor || !issuedAt) return seeOther('/me/second-factor');
    const codes = await this.recoveryCodes.shown(person);
    const model = {
      corporationName: person.corporationName,
      loginId: person.loginId,
      loginUrl: `${this.config.publicUrl}/login`,
      codes: codes.map(printedCode),
      left,
      issuedAt,
    };
    return page('own/recovery-codes', say('リカバリーコード'), model);
  }

  /** Ends the display of the codes. */
  @Post()
  @FreshPassword()
  hide(@Me() { visit, isEmergency }: SignedIn): Answer {
    this.recoveryCodes.hide(visit);
    if (isEmergency) return seeOther('/ip-restriction', HIDDEN_IN_EMERGENCY);
    return seeOther('/me/second-factor', about(HIDDEN, { path: '/' }));
  }
}
