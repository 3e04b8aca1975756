import { Body, Controller, Get, Post } from '@nestjs/common';
import { Passkeys } from '../../auth/second-factor/passkeys.js';
import { FEW_CODES, RecoveryCodes } from '../../auth/second-factor/recovery-codes.js';
import { SecondFactors } from '../../auth/second-factor/second-factors.js';
import { DeskFactorForPage, DeskPage } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import type { FormBody } from '../../web/forms/forms.js';
import { say } from '../../web/sentence.js';
import { isUuid } from '../../web/uuid.js';
import { CurrentOperator } from '../sign-in/current-operator.js';
import type { SignedInOperator } from '../sign-in/desk-sessions.js';
import { answerToChange, CHANGED_MEANWHILE, OWN_FACTOR } from './own-change-answer.js';
import { OwnSignIn } from './own-sign-in.js';

/** 2段階認証 of somebody of the desk: what is set up, and what is removed; one factor is always left. */
@Controller('desk/me/second-factor')
@DeskPage()
export class DeskOwnFactorController {
  constructor(
    private readonly own: OwnSignIn,
    private readonly factors: SecondFactors,
    private readonly passkeys: Passkeys,
    private readonly recoveryCodes: RecoveryCodes,
  ) {}

  @Get()
  async show(@CurrentOperator() { operatorId }: SignedInOperator): Promise<Answer> {
    const owner = { operator: operatorId };
    const totp = await this.factors.totpOf(owner);
    const passkeys = await this.passkeys.of(owner);
    const { left } = await this.recoveryCodes.sheet(owner);
    const model = {
      app: totp && { since: totp.createdAt, lastUsedAt: totp.lastUsedAt ?? null },
      passkeys: passkeys.map(({ id, name, createdAt, lastUsedAt }) => ({
        id,
        name,
        createdAt,
        lastUsedAt: lastUsedAt ?? null,
      })),
      left,
      areFew: left <= FEW_CODES,
    };
    return page('desk/own-factor', say('2段階認証'), model);
  }

  /** `act=remove-app`, or `remove-passkey` (`passkeyId`). */
  @Post()
  @DeskFactorForPage()
  async remove(
    @Body() { act, passkeyId }: FormBody,
    @CurrentOperator() me: SignedInOperator,
  ): Promise<Answer> {
    if (act === 'remove-app') return answerToChange(await this.own.removeApp(me));
    if (act === 'remove-passkey' && isUuid(passkeyId))
      return answerToChange(await this.own.removePasskey(me, passkeyId));
    return seeOther(OWN_FACTOR, CHANGED_MEANWHILE);
  }
}
