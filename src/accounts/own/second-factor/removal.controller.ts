import { Controller, Get, Post } from '@nestjs/common';
import { FactorDuties } from '../../../auth/second-factor/duty/factor-duties.js';
import { FactorChanges } from '../../../auth/second-factor/factor-changes.js';
import { SecondFactors } from '../../../auth/second-factor/second-factors.js';
import { Me } from '../../../auth/sessions/me.js';
import type { SignedIn } from '../../../auth/sessions/sessions.js';
import { FactorFor } from '../../../web/access.js';
import { page, seeOther, type Answer } from '../../../web/answers.js';
import { notice } from '../../../web/notices.js';
import { say } from '../../../web/sentence.js';

const REMOVED = notice.success(
  say('2段階認証を解除しました。これからは、パスワードだけでログインできます。'),
);
const REMOVED_AND_ASKED = notice.success(
  say('2段階認証を解除しました。貴社では2段階認証が必要です。もう一度設定してください。'),
);
const REMOVED_BEFORE = notice.info(say('2段階認証は、すでに解除されています。'));

/** 2段階認証の解除. */
@Controller('me/second-factor/removal')
export class FactorRemovalController {
  constructor(
    private readonly factors: SecondFactors,
    private readonly changes: FactorChanges,
    private readonly duties: FactorDuties,
  ) {}

  @Get()
  async show(@Me() { accountId }: SignedIn): Promise<Answer> {
    const totp = await this.factors.totpOf({ account: accountId });
    if (!totp) return seeOther('/me/second-factor', REMOVED_BEFORE);
    const isAsked = (await this.duties.dueAt(accountId)) !== undefined;
    return page('own/factor-removal', say('2段階認証の解除'), { since: totp.createdAt, isAsked });
  }

  @Post()
  @FactorFor('removal')
  async remove(@Me() person: SignedIn): Promise<Answer> {
    const { ok } = await this.changes.removeTotp(person);
    const isAsked = (await this.duties.dueAt(person.accountId)) !== undefined;
    const removed = isAsked ? REMOVED_AND_ASKED : REMOVED;
    return seeOther('/me/second-factor', ok ? removed : REMOVED_BEFORE);
  }
}
