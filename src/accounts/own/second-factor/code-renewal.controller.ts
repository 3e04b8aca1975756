import { Body, Controller, Get, Post } from '@nestjs/common';
import { FactorChanges } from '../../../auth/second-factor/factor-changes.js';
import { RecoveryCodes } from '../../../auth/second-factor/recovery-codes.js';
import { Me } from '../../../auth/sessions/me.js';
import type { SignedIn } from '../../../auth/sessions/sessions.js';
import { FactorFor } from '../../../web/access.js';
import { page, seeOther, type Answer } from '../../../web/answers.js';
import type { FormBody } from '../../../web/forms/forms.js';
import { notice } from '../../../web/notices.js';
import { say } from '../../../web/sentence.js';

const CODES = '/me/second-factor/recovery-codes';

const RENEWED = notice.success(
  say(
    'リカバリーコードを新しく発行しました。前に発行したものは、もう使えません。印刷するか書き写してください。',
  ),
);
const RENEWED_MEANWHILE = notice.info(
  say('ページを開いたあとに変わっています。最新の内容をご確認のうえ、もう一度操作してください。'),
);

/** リカバリーコードの再発行: what happens to the old ones, before ten new ones void them. */
@Controller('me/second-factor/recovery-codes/renewal')
export class CodeRenewalController {
  constructor(
    private readonly recoveryCodes: RecoveryCodes,
    private readonly changes: FactorChanges,
  ) {}

  @Get()
  async show(@Me() { accountId, hasFactor }: SignedIn): Promise<Answer> {
    if (!hasFactor) return seeOther('/me/second-factor');
    const { id: sheet, left, issuedAt } = await this.recoveryCodes.sheet({ account: accountId });
    const model = { sheet, left, issuedAt: issuedAt ?? null };
    return page('own/code-renewal', say('リカバリーコードの再発行'), model);
  }

  @Post()
  @FactorFor('recovery-codes')
  async renew(@Body() { sheet = '' }: FormBody, @Me() person: SignedIn): Promise<Answer> {
    const renewed = await this.changes.renewCodes(person, sheet);
    return seeOther(CODES, renewed.ok ? RENEWED : RENEWED_MEANWHILE);
  }
}
