import { Controller, Get } from '@nestjs/common';
import { RecoveryCodes } from '../../../auth/second-factor/recovery-codes.js';
import { SecondFactors } from '../../../auth/second-factor/second-factors.js';
import { Me } from '../../../auth/sessions/me.js';
import type { SignedIn } from '../../../auth/sessions/sessions.js';
import { SetsUpFactor } from '../../../web/access.js';
import { page, seeOther, type Answer } from '../../../web/answers.js';
import { say } from '../../../web/sentence.js';

/** So many recovery codes and fewer are worth a word. */
const FEW = 3;

/** 2段階認証: what is set up, and what can be done with it. */
@Controller('me/second-factor')
@SetsUpFactor()
export class SecondFactorController {
  constructor(
    private readonly factors: SecondFactors,
    private readonly recoveryCodes: RecoveryCodes,
  ) {}

  @Get()
  async show(
    @Me() { accountId, enrolsOnly, factorDueAt, mustSetUpFactor }: SignedIn,
  ): Promise<Answer> {
    if (enrolsOnly) return seeOther('/me/second-factor/totp');
    const totp = await this.factors.totpOf({ account: accountId });
    const { left, issuedAt, isOfFormerKey } = await this.recoveryCodes.sheet({
      account: accountId,
    });
    const model = {
      totp: totp && { since: totp.createdAt, lastUsedAt: totp.lastUsedAt ?? null },
      dueAt: factorDueAt,
      isOver: mustSetUpFactor,
      codes: issuedAt ? { left, issuedAt, isOfFormerKey, areFew: left <= FEW } : null,
    };
    return page('own/second-factor', say('2段階認証'), model);
  }
}
